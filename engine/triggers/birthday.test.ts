import { expect } from "vitest";
import { test } from "../../test/support/database.ts";
import { createSomeone, findMatches, testTable } from "../../test/support/trigger-table.ts";

const config = { type: "birthday", params: {} };
const bornOn = (birthDate: string, occurrence?: string, age?: number) => ({
  birthDate,
  says: { ...(occurrence && { occurrence }), ...(age && { facts: { age } }) },
});

testTable({
  config,
  matches: {
    today: bornOn("1990-11-22", "birthday:2026", 36),
    "E11: yesterday, which makes a missed night harmless": bornOn("1990-11-21", "birthday:2026", 36),
    "the first birthday": bornOn("2025-11-22", "birthday:2026", 1),
    "another day of the year of the stand-in": bornOn("1900-11-22", "birthday:2026", 126),
  },
  misses: {
    "E11: two days ago": { birthDate: "1990-11-20" },
    tomorrow: { birthDate: "1990-11-23" },
    "E23: nobody knows when": {},
    "born this very day": { birthDate: "2026-11-22" },
    "E24: born in the future": { birthDate: "2027-11-22" },
  },
});

testTable({
  config,
  today: "2027-01-01",
  matches: {
    "born on the day": bornOn("2000-01-01", "birthday:2027", 27),
    "E13: the day before belongs to the year before": bornOn("2000-12-31", "birthday:2026", 26),
  },
  misses: { "E24: 1 January 1900, a stand-in": { birthDate: "1900-01-01" } },
});

testTable({
  config,
  today: "2027-02-28",
  matches: {
    "E1: born on 29 February, in a common year": bornOn("2000-02-29", "birthday:2027", 27),
    "born on the 28th": bornOn("2001-02-28", "birthday:2027", 26),
  },
  misses: { "born on 1 March": { birthDate: "2000-03-01" } },
});

testTable({
  config,
  today: "2027-03-02",
  matches: { "born on 1 March": bornOn("2000-03-01") },
  misses: { "E1: born on 29 February, two days late": { birthDate: "2000-02-29" } },
});

testTable({
  config,
  today: "2028-02-28",
  matches: { "born on the 28th": bornOn("2000-02-28", "birthday:2028") },
  misses: { "E2: born on 29 February, in a leap year": { birthDate: "2000-02-29" } },
});

testTable({
  config,
  today: "2028-02-29",
  matches: {
    "E2: born on 29 February, in a leap year": bornOn("2000-02-29", "birthday:2028", 28),
    "born on the 28th, a day late": bornOn("2000-02-28", "birthday:2028"),
  },
  misses: { "born on 1 March": { birthDate: "2000-03-01" } },
});

testTable({
  config,
  title: "asked for the missed days",
  today: "2027-01-08",
  days: { first: "2026-12-25", last: "2027-01-06" },
  matches: {
    "E13: the last day of the year": bornOn("1990-12-31", "birthday:2026", 36),
    "E13: the first day of the year": bornOn("1990-01-01", "birthday:2027", 37),
    "the first of the days": bornOn("1990-12-25", "birthday:2026"),
    "the last of the days": bornOn("1990-01-06", "birthday:2027"),
    "whose membership ended since": { ...bornOn("1990-12-31"), expiresOn: "2026-12-31" },
  },
  misses: {
    "the day before them": { birthDate: "1990-12-24" },
    "the day after them": { birthDate: "1990-01-07" },
    "whose membership had ended": { birthDate: "1990-12-31", expiresOn: "2026-12-30" },
  },
});

testTable({
  config,
  title: "asked for the missed days",
  today: "2028-03-09",
  days: { first: "2028-02-24", last: "2028-03-07" },
  matches: { "E2: 29 February": bornOn("2000-02-29", "birthday:2028"), "28 February": bornOn("2000-02-28") },
  misses: {},
});

test("E1: who was born on 29 February has one birthday in each of 400 years", async ({ tx }) => {
  await createSomeone(tx, { birthDate: "1996-02-29", joinDate: null });
  const found: string[] = [];
  for (let year = 2000; year < 2400; year++) {
    const matches = await findMatches(tx, config, `${year}-03-07`, { first: `${year}-02-21`, last: `${year}-03-06` });
    found.push(...matches.map(({ happensOn, occurrence }) => `${happensOn} ${occurrence}`));
  }
  const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  expect(found).toEqual(
    Array.from({ length: 400 }, (_, index) => 2000 + index).map(
      (year) => `${year}-02-${isLeap(year) ? 29 : 28} birthday:${year}`,
    ),
  );
});
