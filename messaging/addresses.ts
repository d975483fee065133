import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { asciiDomain } from "#lib/plain-address";

/** One email address and nothing beside it: some mail programs read a comma or a line break as the next recipient. */
export const isEmailAddress = (text: string): boolean =>
  text.length <= 254 &&
  /^[^\s@,;:<>"()[\]\\\p{Cc}]+@[^\s@,;:<>"()[\]\\\p{Cc}]+\.[^\s@,;:<>"()[\]\\\p{Cc}]+$/u.test(text);

/**
 * The address as it is written on the way, its domain in ASCII, or null where none can be:
 * other letters before the @ reach only servers that say so, which is few.
 */
export function mailAddress(text: string): string | null {
  const [local = "", domain = ""] = text.split("@");
  const ascii = isEmailAddress(text) ? asciiDomain(domain) : "";
  return ascii && /^[\x21-\x7e]{1,64}$/.test(local) ? `${local}@${ascii}` : null;
}

/** A telephone number that means the same from everywhere: E.164. */
export const isPhoneNumber = (text: string): boolean => /^\+[1-9]\d{6,14}$/.test(text);

/** The ISO code of a number's country; undefined where several share its code, or none has it. */
export const countryOf = (phone: string): string | undefined => parsePhoneNumberFromString(phone)?.country;
