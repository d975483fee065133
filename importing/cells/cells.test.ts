import { expect, test } from "vitest";
import { type cell, textCell } from "./cell.ts";
import { birthDayCell } from "./day.ts";
import { emailCell } from "./email.ts";
import { instantCell } from "./instant.ts";
import { phoneCell } from "./phone.ts";
import { consentCell, languageCell, listCell, scoreCell, statusCell, timeZoneCell } from "./words.ts";

const read = (schema: ReturnType<typeof cell>, text: string) => {
  const parsed = schema.safeParse(text);
  return parsed.success ? { value: parsed.data } : { reason: parsed.error.issues[0]?.message };
};

const ranges = "a birth date between 1900 and today (2026-11-22)";
const example = "a day like 1990-04-23 (year, month, day)";

test.each([
  ["29.02.2027", "2027 has no 29 February"],
  ["2027-02-30", "2027 has no 30 February"],
  ["31/04/1990", "1990 has no 31 April"],
  ["1990-13-01", "there is no month 13"],
  ["03/04/1990", "can be read as 1990-04-03 and as 1990-03-04: write one of these"],
  ["25/12/1990", "write it as 1990-12-25"],
  ["1890-01-01", ranges],
  ["2026-11-23", ranges],
  ["infinity", example],
  ["20260-01-01", example],
  ["1990-1-1", example],
  ["03.04.90", example],
])("the birth date %s is refused: %s", (text, reason) => {
  expect(read(birthDayCell(undefined, "2026-11-22"), text)).toEqual({ reason });
});

test.each([
  ["dmy", "03/04/1990", { value: "1990-04-03" }],
  ["mdy", "03/04/1990", { value: "1990-03-04" }],
  ["dmy", "3.4.1990", { value: "1990-04-03" }],
  ["dmy", "1990-04-23", { value: "1990-04-23" }],
  ["dmy", "31.04.1990", { reason: "1990 has no 31 April" }],
  ["mdy", "31/04/1990", { reason: "there is no month 31" }],
  ["dmy", "", { value: null }],
] as const)("in a file whose days are %s, %j is %j", (order, text, expected) => {
  expect(read(birthDayCell(order, "2026-11-22"), text)).toEqual(expected);
});

test.each([
  ["2026-03-04T18:30:00+01:00", "2026-03-04T17:30:00.000Z"],
  ["2026-03-04T18:30:00.123456Z", "2026-03-04T18:30:00.123Z"],
  ["2026-03-04 18:30-0530", "2026-03-05T00:00:00.000Z"],
  // Without an offset: the gym's wall clock, in winter and in summer.
  ["2026-03-04 18:30", "2026-03-04T17:30:00.000Z"],
  ["2026-07-04T18:30:15", "2026-07-04T16:30:15.000Z"],
  ["2026-07-04", "2026-07-03T22:00:00.000Z"],
  ["04.07.2026 18:30", "2026-07-04T16:30:00.000Z"],
  // The clock goes from 02:00 to 03:00, and in autumn has 02:30 twice.
  ["2026-03-29 02:30", "2026-03-29T01:30:00.000Z"],
  ["2026-10-25 02:30", "2026-10-25T00:30:00.000Z"],
  ["2026-10-25 03:00", "2026-10-25T02:00:00.000Z"],
])("the instant %s is %s", (text, instant) => {
  expect(read(instantCell("dmy", "Europe/Zurich"), text)).toEqual({ value: new Date(instant) });
});

test.each([
  ["2026-02-30T10:00", "2026 has no 30 February"],
  ["2026-02-03T25:00", "a time between 00:00:00 and 23:59:59"],
  ["2026-02-03T10:00+19:00", "an offset between -14:00 and +14:00"],
  ["0026-02-03T10:00", "an instant between 1950 and 2199"],
  ["yesterday", "an instant like 2026-03-04T18:30 or 2026-03-04T18:30:00+01:00"],
  ["2026-02-03T10", "an instant like 2026-03-04T18:30 or 2026-03-04T18:30:00+01:00"],
  ["infinity", "an instant like 2026-03-04T18:30 or 2026-03-04T18:30:00+01:00"],
])("the instant %s is refused: %s", (text, reason) => {
  expect(read(instantCell(undefined, "Europe/Zurich"), text)).toEqual({ reason });
});

test.each([
  "a@b",
  "a b@c.ch",
  "a@b.ch,evil@x.ch",
  "a@b.ch\r\nBcc: evil@x.ch",
  '"evil@x a"@b.ch',
  "<a@b.ch>",
  "Anna <a@b.ch>",
  "a@b.ch;c@d.ch",
  ".a@b.ch",
  "a..b@c.ch",
  "a@-b.ch",
  "a@b.c",
  `${"a".repeat(65)}@b.ch`,
  `a@${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.${"e".repeat(60)}.${"f".repeat(20)}.ch`,
])("the address %j is refused", (text) => {
  expect(read(emailCell(), text)).toEqual({ reason: "one address like name@example.ch" });
});

test.each([
  [" anna.o'neil+gym@mail.example.ch ", "anna.o'neil+gym@mail.example.ch"],
  ["info@bücher.ch", "info@xn--bcher-kva.ch"],
])("the address %j is taken as %j", (text, value) => {
  expect(read(emailCell(), text)).toEqual({ value });
});

test.each([
  ["079 123 45 67", "+41791234567"],
  ["+49 (0)30 123456", "+4930123456"],
  ["0041 79 123 45 67", "+41791234567"],
  ["٠٧٩ ١٢٣ ٤٥ ٦٧", "+41791234567"],
])("the number %s is %s in a Swiss gym", (text, value) => {
  expect(read(phoneCell("CH"), text)).toEqual({ value });
});

test.each(["079 123", "+41 79 123 45 67 ext 3", "call me", "123", "Anna 079 123 45 67"])(
  "the number %s is refused",
  (text) => {
    expect(read(phoneCell("CH"), text)).toEqual({ reason: "like +41 79 123 45 67" });
  },
);

test.each(["CET+1", "Mars/Phobos", "Europe/Zürich", "+02:00"])("the time zone %s is refused", (text) => {
  expect(read(timeZoneCell(), text)).toEqual({ reason: "a zone from the IANA list, like Europe/Zurich" });
});

test.each([
  ["a name of 300 characters", "x".repeat(300), { reason: "has 300 characters: 100 at most" }],
  ["100 emoji", "🏋".repeat(100), { value: "🏋".repeat(100) }],
  ["a name turned around", "\u202eannA\u202c", { value: "annA" }],
  ["a family joined by zero-width joiners", "👩‍👧", { value: "👩‍👧" }],
  ["a formula", "=1+1", { value: "=1+1" }],
  ["a tab and a formula", "\t@SUM(A1)", { value: "\t@SUM(A1)" }],
  ["spaces around", "  Anna\u00a0", { value: "Anna" }],
  ["half a character", "Anna\ud800", { reason: "has a broken character: write it anew, or save the file as UTF-8" }],
  ["a replacement character", "Z�rich", { reason: "has a broken character: write it anew, or save the file as UTF-8" }],
  ["a NUL", "An\0na", { reason: "has a character that cannot be stored (U+0000): delete it" }],
  ["nothing but what turns text around", "\u202e", { value: null }],
])("of text, %s is kept, cleaned or refused", (_, text, expected) => {
  expect(read(textCell(100), text)).toEqual(expected);
});

test.each([
  [consentCell(), "Ja", { value: "yes" }],
  [consentCell(), "NON", { value: "no" }],
  [consentCell(), "perhaps", { reason: "one of: yes, no" }],
  [statusCell(), " Frozen", { value: "frozen" }],
  [statusCell(), "asleep", { reason: "one of: active, frozen, cancelled" }],
  [languageCell(), "de-CH", { value: "de" }],
  [languageCell(), "es", { reason: "one of: en, de, fr, it" }],
  [listCell(50), "vip; new;vip;", { value: ["vip", "new"] }],
  [listCell(50), `vip;${"x".repeat(51)}`, { reason: "each at most 50 characters, separated by ;" }],
  [scoreCell(), "0.72345", { value: 0.7235 }],
  [scoreCell(), "0,7", { reason: "a number between 0 and 1 with a dot, like 0.72" }],
  [scoreCell(), "NaN", { reason: "a number between 0 and 1 with a dot, like 0.72" }],
  [scoreCell(), "1.1", { reason: "a number between 0 and 1 with a dot, like 0.72" }],
] as const)("a word, a list or a score: %#", (schema, text, expected) => {
  expect(read(schema as ReturnType<typeof cell>, text)).toEqual(expected);
});
