import { expect } from "vitest";
import type { Db } from "#db/client";
import { test } from "../../test/support/database.ts";
import { clockAt, createMember } from "../../test/support/factories.ts";
import { countAudience } from "../audience.ts";
import { triggers } from "./index.ts";

type Member = Parameters<typeof createMember>[1];
type Case = {
  config: { type: string; params: Record<string, unknown> };
  today?: string;
  matches: Record<string, Member>;
  misses: Record<string, Member>;
};

/** Six weeks before the last visit, this many visits in each, the last of them on 2026-10-23. */
function habit(visitsAWeek: number): string[] {
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: visitsAWeek }, (_, visit) => {
      const day = new Date("2026-10-23T00:00:00Z");
      day.setUTCDate(day.getUTCDate() - week * 7 - visit);
      return day.toISOString().slice(0, 10);
    }),
  ).flat();
}

const cases: Case[] = [
  {
    config: { type: "low_engagement", params: { inactive_days: 30 } },
    matches: {
      "last here 30 days ago": { visits: ["2026-10-23"] },
      "joined 30 days ago, never here": { joinDate: "2026-10-23" },
      "back from a freeze 30 days ago": { visits: ["2026-05-01"], lastFreezeEndedOn: "2026-10-23" },
    },
    misses: {
      "last here 29 days ago": { visits: ["2026-10-24"] },
      "joined yesterday, never here": { joinDate: "2026-11-21" },
      "back from a freeze last week": { visits: ["2026-05-01"], lastFreezeEndedOn: "2026-11-15" },
    },
  },
  {
    config: { type: "low_engagement", params: { inactive_days: 30, min_activity_level: "high" } },
    matches: {
      "came three times a week": { visits: habit(3), joinDate: "2026-09-12" },
      "three times in the first and only week": {
        visits: ["2026-10-21", "2026-10-22", "2026-10-23"],
        joinDate: "2026-10-21",
      },
    },
    misses: {
      "came twice a week": { visits: habit(2), joinDate: "2026-09-12" },
      "never came": {},
      "came three times a week, but joined long before that": { visits: habit(3) },
    },
  },
  {
    config: { type: "low_engagement", params: { inactive_days: 30, min_activity_level: "medium" } },
    matches: { "came twice a week": { visits: habit(2), joinDate: "2026-09-12" } },
    misses: { "came once, long after joining": { visits: ["2026-10-23"] } },
  },
  {
    config: { type: "membership_expiry_upcoming", params: { days_before: 14 } },
    matches: { "ends today": { expiresOn: "2026-11-22" }, "ends in 14 days": { expiresOn: "2026-12-06" } },
    misses: {
      "ended yesterday": { expiresOn: "2026-11-21" },
      "ends in 15 days": { expiresOn: "2026-12-07" },
      "never ends": {},
    },
  },
  {
    config: { type: "birthday", params: {} },
    matches: { today: { birthDate: "1990-11-22" }, yesterday: { birthDate: "1990-11-21" } },
    misses: {
      "two days ago": { birthDate: "1990-11-20" },
      tomorrow: { birthDate: "1990-11-23" },
      unknown: {},
      "born this year": { birthDate: "2026-11-22" },
    },
  },
  {
    config: { type: "birthday", params: {} },
    today: "2027-02-28",
    matches: { "born on the 29th": { birthDate: "2000-02-29" }, "born on the 28th": { birthDate: "2001-02-28" } },
    misses: { "born on the 1st of March": { birthDate: "2000-03-01" } },
  },
  {
    config: { type: "birthday", params: {} },
    today: "2028-02-28",
    matches: { "born on the 28th": { birthDate: "2000-02-28" } },
    misses: { "born on the 29th, in a leap year": { birthDate: "2000-02-29" } },
  },
  {
    config: { type: "birthday", params: {} },
    today: "2028-01-01",
    matches: { "born on the last day of a year": { birthDate: "2000-12-31" } },
    misses: {},
  },
];

const count = (db: Db, { config, today = "2026-11-22" }: Case) =>
  countAudience(db, triggers.schema.parse(config), clockAt(today));

for (const row of cases) {
  const name = `${JSON.stringify(row.config)} on ${row.today ?? "2026-11-22"}`;
  test.for(Object.entries(row.matches))(`${name} matches: %s`, async ([, member], { tx }) => {
    await createMember(tx, member);
    expect(await count(tx, row)).toBe(1);
  });
  test.for(Object.entries(row.misses))(`${name} misses: %s`, async ([, member], { tx }) => {
    await createMember(tx, member);
    expect(await count(tx, row)).toBe(0);
  });
}

test("every trigger has its table", () => {
  const covered = new Set(cases.map(({ config }) => config.type));
  expect(triggers.entries.map(({ type }) => type).filter((type) => !covered.has(type))).toEqual([]);
});
