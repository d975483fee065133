import { expect, test } from "vitest";
import type { TemplateContent } from "#db/schema/templates";
import { standingNames } from "#lib/templates/placeholders";
import { checkTemplate } from "./check-template.ts";
import { compileTemplate, RenderError } from "./render.ts";
import { explainTooLong } from "./sms-limit.ts";
import { measureSms } from "./sms-segments.ts";

test.each([
  ["a".repeat(160), { encoding: "GSM-7", segments: 1, characters: 160, nonGsm: [] }],
  ["a".repeat(161), { encoding: "GSM-7", segments: 2, characters: 161, nonGsm: [] }],
  // Two places each in the networks' alphabet.
  ["€".repeat(81), { encoding: "GSM-7", segments: 2, characters: 162, nonGsm: [] }],
  ["äöüÄÖÜéèàñ\r\n", { encoding: "GSM-7", segments: 1, characters: 12, nonGsm: [] }],
  ["ë".repeat(70), { encoding: "UCS-2", segments: 1, characters: 70, nonGsm: ["ë"] }],
  [`${"a".repeat(70)}ç`, { encoding: "UCS-2", segments: 2, characters: 71, nonGsm: ["ç"] }],
  ["👍".repeat(36), { encoding: "UCS-2", segments: 2, characters: 36, nonGsm: ["👍"] }],
])("B24: %s is measured as the networks do", (text, size) => {
  expect(measureSms(text)).toEqual(size);
});

const sms = (body_text: string): TemplateContent => ({
  ...{ channel: "sms", class: "service", language: "en", subject: null, title: "", body_html: null, body_text },
  ...{ from_address: null, from_name: null, action_url: null, icon: "info", translations: {} },
});

const check = (body_text: string, samples?: Record<string, string>) =>
  checkTemplate(sms(body_text), new Set([...standingNames, "days_left"]), { samples });

test("B24: more than four parts are refused, with what makes them so many", () => {
  expect(check(`${"a".repeat(311)}ë`)).toEqual([
    {
      ...{ field: "body_text", line: 1, column: 1, severity: "error" },
      message: "SMS: 5 parts (312 characters, one is 'ë' outside GSM-7); at most 4.",
    },
  ]);
  expect(check("a".repeat(312))).toMatchObject([{ severity: "warning" }]);
  expect(check("a".repeat(613))).toMatchObject([
    { severity: "error", message: "SMS: more than 4 parts (613 characters); at most 4." },
  ]);
  expect(check("a".repeat(612))).toMatchObject([{ severity: "warning", message: /^SMS: 4 parts \(612 characters\);/ }]);
  expect(check("x".repeat(200_000))).toMatchObject([{ severity: "error", message: /more than 4 parts/ }]);
});

test("B24: from two parts on it is told, with the characters that cost them", () => {
  expect(check("a".repeat(160))).toEqual([]);
  expect(check(`${"a".repeat(70)}“ç”`)).toMatchObject([
    {
      severity: "warning",
      message: "SMS: 2 parts (73 characters, among them '“', 'ç', '”' outside GSM-7); each part is paid for.",
    },
  ]);
});

test("B24: what counts is the text with its placeholders filled in, in each language", () => {
  expect(check(`{{ member_first_name }}${"a".repeat(156)}`)).toEqual([]);
  expect(check(`{{ member_first_name }}${"a".repeat(157)}`)).toMatchObject([{ severity: "warning" }]);
  expect(check(`{{ days_left }}${"a".repeat(150)}`, { days_left: "8" })).toEqual([]);
  expect(check(`{{ days_left }}${"a".repeat(150)}`, { days_left: "x".repeat(11) })).toMatchObject([{}]);
  const translated = { ...sms("Hi"), translations: { fr: { body_text: `${"a".repeat(300)}ç` } } };
  expect(checkTemplate(translated, standingNames)).toMatchObject([
    { field: "translations.fr.body_text", severity: "error" },
  ]);
});

const gym = { name: "Training Club", postalAddress: "Langstrasse 120", language: "en" };
const render = (text: string, values: Record<string, unknown>) =>
  compileTemplate(sms(text), "en", gym).render(values, { appUrl: "https://app.gym.example" });

test("B24: a name of 200 letters makes no SMS of ten parts: it is refused, and says why", () => {
  const text = `Hi {{ member_first_name }}, ${"see you soon. ".repeat(10)}`;
  expect(render(text, { member_first_name: "Mara" }).text).toMatch(/^Hi Mara, see you/);
  expect(() => render(text, { member_first_name: "ш".repeat(200) })).toThrow(RenderError);
  expect(() => render(text, { member_first_name: "ш".repeat(200) })).toThrow(
    /^SMS: 6 parts \(344 characters, one is 'ш' outside GSM-7\); at most 4\.$/,
  );
  expect(() => render(text, { member_first_name: "x".repeat(5_000) })).toThrow(/more than 4 parts/);
});

test("B24: what is let through without being measured has four parts at most", () => {
  for (const character of ["a", "€", "ш", "👍", "\u0301"]) {
    for (const length of [1, 160, 263, 264]) {
      const text = character.repeat(length / character.length);
      expect(explainTooLong(text)).toBeNull();
      expect(character === "\u0301" || measureSms(text).segments <= 4).toBe(true);
    }
  }
});
