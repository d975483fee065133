import { isEmailAddress } from "./addresses.ts";

/**
 * Why an address cannot be a template's sender; null if it can. On another domain than the gym's own, or one below it,
 * mail is taken for forged.
 */
export function explainSender(address: string, domain?: string): string | null {
  const host = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
  const own = domain?.toLowerCase();
  const isOwn = own === undefined || host === own || host.endsWith(`.${own}`);
  return isEmailAddress(address) && isOwn ? null : `The sender must be one address${own ? ` on ${own}` : ""}.`;
}
