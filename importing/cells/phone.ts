import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
import { cell, Refusal } from "./cell.ts";

/** A number in E.164; one without a country code is read as dialled in the gym's country. */
export function phoneCell(countryCode: string) {
  const country: CountryCode | undefined = isSupportedCountry(countryCode) ? countryCode : undefined;
  return cell((text) => {
    const phone = parsePhoneNumberFromString(text.trim(), { defaultCountry: country, extract: false });
    return phone?.isValid() && !phone.ext ? phone.number : new Refusal("like +41 79 123 45 67");
  });
}
