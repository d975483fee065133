import { domainToASCII } from "node:url";

/** A domain in ASCII (`müller.ch` is `xn--mller-kva.ch`); empty where it is none. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: plain ASCII is what needs no translation
export const asciiDomain = (domain: string): string => (/^[\x00-\x7f]*$/.test(domain) ? domain : domainToASCII(domain));

/**
 * The one form in which an email address is compared, whoever wrote it: its domain in ASCII, as mail services tell of it.
 * What has none stays as it is.
 */
export function plainAddress(address: string): string {
  const at = address.lastIndexOf("@");
  const domain = asciiDomain(address.slice(at + 1).trimEnd());
  return at > 0 && domain ? `${address.slice(0, at)}@${domain}` : address;
}
