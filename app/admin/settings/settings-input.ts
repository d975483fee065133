import { getCountries } from "libphonenumber-js/min";
import { z } from "zod";
import type { SettingsGroup } from "#components/settings/settings-form-data";
import { isTimeZone } from "#lib/calendar";
import { describeUnstorable } from "#lib/storable";
import { languageCodes } from "#lib/template-texts";
import { mailAddress } from "#messaging/addresses";

export const countryCodes: string[] = getCountries();

const countries = new Set(countryCodes);

const text = (most: number) =>
  z
    .string("Type a text")
    .trim()
    .max(most, `${most} characters at most`)
    .superRefine((value, check) => {
      const problem = describeUnstorable(value);
      if (problem) {
        check.addIssue({ code: "custom", message: `This ${problem}` });
      }
    });

/** It goes into the head of mails, where a line's end begins something else. */
const line = (most: number, missing: string) =>
  text(most)
    .min(1, missing)
    .refine((value) => !/\p{Cc}/u.test(value), "One line, without control characters");

const isWhole = (typed: string, least: number, most: number) =>
  /^\d{1,9}$/.test(typed) && Number(typed) >= least && Number(typed) <= most;

function whole(least: number, most: number) {
  const message = `A whole number from ${least.toLocaleString("en")} to ${most.toLocaleString("en")}`;
  return z
    .string(message)
    .trim()
    .refine((typed) => isWhole(typed, least, most), message)
    .transform(Number);
}

const capMessage = "A whole number from 0 to 100, or nothing: both 0 and nothing mean no cap";

const cap = z
  .string(capMessage)
  .trim()
  .refine((typed) => typed === "" || isWhole(typed, 0, 100), capMessage)
  .transform((typed) => (typed === "" ? null : Number(typed)));

const timeMessage = "A time from 00:00 to 23:59, such as 04:00";
const time = z.string(timeMessage).regex(/^([01]\d|2[0-3]):[0-5]\d$/, timeMessage);

const addressMessage = "One address like hello@your-gym.ch";

const staffMessage = "Choose somebody from the list, or nobody";

/** What each group of settings takes, as its form has it, and what is stored of it. */
export const settingsInput = {
  gym: z.strictObject({
    name: line(100, "Give the gym a name: members read it in every email"),
    postalAddress: text(300),
    language: z.enum(languageCodes, "Choose a language from the list"),
    countryCode: z
      .string("Choose a country from the list")
      .refine((code) => countries.has(code), "Choose a country from the list"),
  }),
  time: z.strictObject({
    timeZone: z
      .string("Choose a zone from the list")
      .refine((name) => name.length <= 64 && isTimeZone(name), "Choose a zone from the list, such as Europe/Zurich"),
    sweepTime: time,
  }),
  brake: z.strictObject({
    brakeMinRuns: whole(0, 1_000_000),
    brakeMedianFactor: whole(1, 100),
    brakeMemberShare: whole(1, 100),
  }),
  tasks: z.strictObject({
    defaultAssigneeId: z
      .string(staffMessage)
      .refine((typed) => typed === "" || isWhole(typed, 1, 999_999_999), staffMessage)
      .transform((typed) => (typed === "" ? null : Number(typed))),
    complaintTasks: z.boolean("Switch it on or off"),
  }),
  sender: z.strictObject({
    senderName: line(100, "Say who the gym's emails are from"),
    senderAddress: z
      .string(addressMessage)
      .trim()
      .refine((address) => mailAddress(address) !== null, addressMessage),
    smsCountries: z
      .string("Countries by two letters, such as CH, LI")
      .max(2_000, "That is too long")
      .transform((typed) => [
        ...new Set(
          typed
            .toUpperCase()
            .split(/[\s,;]+/)
            .filter(Boolean),
        ),
      ])
      .superRefine((codes, check) => {
        const unknown = codes.find((code) => !countries.has(code));
        if (unknown !== undefined) {
          const message = `“${unknown.slice(0, 20)}” is no country: two letters each, such as CH, LI`;
          check.addIssue({ code: "custom", message });
        }
      }),
  }),
  quiet: z.strictObject({ quietHoursStart: time, quietHoursEnd: time }),
  caps: z.strictObject({ dailyCap: cap, weeklyCap: cap }).superRefine(({ dailyCap, weeklyCap }, check) => {
    if (dailyCap && weeklyCap && weeklyCap < dailyCap) {
      const message = `At least the ${dailyCap} of one day: else that many never leave in a day`;
      check.addIssue({ code: "custom", path: ["weeklyCap"], message });
    }
  }),
} satisfies Record<SettingsGroup, z.ZodObject>;

/** As forms have them: what is typed is a text, whatever becomes of it. */
const formValues = z.record(z.string().max(40), z.union([z.string().max(2_000), z.boolean()]));

export const settingsChange = z.strictObject({
  group: z.enum(Object.keys(settingsInput) as [SettingsGroup, ...SettingsGroup[]]),
  values: z.record(z.string().max(40), z.unknown()),
  /** What the form began from: somebody else's change since is not written over unseen. */
  seen: formValues,
});

const locationName = line(100, "Type a name");

export const newLocation = z.strictObject({ name: locationName });

export const locationChange = z.strictObject({
  id: z.int().positive(),
  from: z.string().max(1_000),
  name: locationName,
});
