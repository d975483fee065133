import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Whether Twilio signed a form that it posted to this address of ours. The address is the one that Twilio was given: what
 * the request says of its host is anybody's word.
 */
export function isSignedByTwilio(authToken: string, url: URL, signature: string | null, body: string): boolean {
  const given = Buffer.from(signature ?? "", "base64");
  return spellings(url).some((address) => {
    const expected = createHmac("sha1", authToken)
      .update(address + sortedFields(body))
      .digest();
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

/** Twilio signs some addresses with their port and some without. */
function spellings(url: URL): string[] {
  const { protocol, hostname, port, pathname, search } = url;
  const usual = protocol === "https:" ? "443" : "80";
  return ["", `:${port || usual}`].map((end) => `${protocol}//${hostname}${end}${pathname}${search}`);
}

/** Names and values by the fields' names, without anything in between. */
function sortedFields(body: string): string {
  const fields = new URLSearchParams(body);
  fields.sort();
  return Array.from(fields, ([name, value]) => name + value).join("");
}
