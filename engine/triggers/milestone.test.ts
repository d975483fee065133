import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { recordVisits } from "#db/queries/visits";
import { memberStats } from "#db/schema/index";
import { addDays } from "#lib/calendar";
import { test } from "../../test/support/database.ts";
import { clockAt } from "../../test/support/factories.ts";
import { createSomeone, findMatches, testTable } from "../../test/support/trigger-table.ts";

const days = (count: number, last = "2026-11-20") => Array.from({ length: count }, (_, index) => addDays(last, -index));

const classes = (value: number) => ({ type: "milestone_achieved", params: { type: "classes_attended", value } });
const years = (value: number) => ({ type: "milestone_achieved", params: { type: "anniversary", value } });

const reached = (value: number) => ({
  says: {
    occurrence: `classes_attended:${value}`,
    facts: { milestone_type: "classes_attended", milestone_value: value },
  },
});

testTable({
  config: classes(10),
  matches: {
    "came 10 times": { visits: days(10), ...reached(10) },
    "E29: came 12 times: 10 were jumped over by an import": { visits: days(12), ...reached(10) },
    "came 10 times, long ago": { visits: days(10, "2020-01-10"), ...reached(10) },
    "E26: came 10 times, and will come": { visits: [...days(10), "2027-01-01"], ...reached(10) },
  },
  misses: {
    "came 9 times": { visits: days(9) },
    "E26: the 10th is in the future": { visits: [...days(9), "2026-11-23"] },
    never: {},
  },
});

test("a no-show is no visit, whether it was or will be", async ({ tx }) => {
  const memberId = await createSomeone(tx, { visits: [...days(9), "2027-01-01"] });
  const noShow = { memberId, visitedAt: new Date("2026-11-21T11:00:00Z"), kind: "no_show" as const };
  await recordVisits(tx, [noShow], clockAt("2026-11-22"));
  expect(await findMatches(tx, classes(10))).toEqual([]);
  expect(await findMatches(tx, classes(9))).toMatchObject([{ memberId }]);
});

test("E30: several milestones crossed at once are each answered for themselves", async ({ tx }) => {
  await createSomeone(tx, { visits: days(52) });
  for (const value of [10, 25, 50]) {
    expect(await findMatches(tx, classes(value))).toMatchObject([{ occurrence: `classes_attended:${value}` }]);
  }
});

test("E31: a count that was corrected down and rose again names the same happening", async ({ tx }) => {
  const memberId = await createSomeone(tx, { visits: days(10) });
  const [before] = await findMatches(tx, classes(10));
  await tx.update(memberStats).set({ visitsTotal: 9 }).where(eq(memberStats.memberId, memberId));
  expect(await findMatches(tx, classes(10))).toEqual([]);
  const visit = { memberId, visitedAt: new Date("2026-11-21T11:00:00Z"), kind: "class" as const };
  await recordVisits(tx, [visit], clockAt("2026-11-22"));
  expect(await findMatches(tx, classes(10))).toEqual([before]);
});

const joined = (joinDate: string, value: number) => ({
  joinDate,
  says: {
    occurrence: `anniversary:${value}`,
    facts: { milestone_type: "anniversary", milestone_value: value },
  },
});

testTable({
  config: years(5),
  matches: { today: joined("2021-11-22", 5), "3 days ago": joined("2021-11-19", 5) },
  misses: {
    tomorrow: { joinDate: "2021-11-23" },
    "4 days ago": { joinDate: "2021-11-18" },
    "a year early": { joinDate: "2022-11-22" },
    "a year late": { joinDate: "2020-11-22" },
    "nobody knows when they joined": { joinDate: null },
  },
});

testTable({
  config: years(1),
  today: "2025-02-28",
  matches: {
    "E3: joined on 29 February, in a common year": joined("2024-02-29", 1),
    "joined on the 28th": joined("2024-02-28", 1),
  },
  misses: { "joined on 1 March": { joinDate: "2024-03-01" } },
});

testTable({
  config: years(1),
  today: "2025-03-03",
  matches: { "E3: joined on 29 February, three days late": joined("2024-02-29", 1) },
  misses: {},
});

testTable({
  config: years(1),
  today: "2025-03-04",
  matches: { "joined on 1 March, three days late": joined("2024-03-01", 1) },
  misses: { "E3: joined on 29 February, four days late": { joinDate: "2024-02-29" } },
});

testTable({
  config: years(4),
  today: "2028-02-29",
  matches: {
    "E3: joined on 29 February, in a leap year": joined("2024-02-29", 4),
    "joined on the 28th, a day late": joined("2024-02-28", 4),
  },
  misses: { "joined on 1 March": { joinDate: "2024-03-01" } },
});

testTable({
  config: years(4),
  today: "2028-02-28",
  matches: { "joined on the 28th": joined("2024-02-28", 4) },
  misses: { "E3: joined on 29 February, in a leap year": { joinDate: "2024-02-29" } },
});

testTable({
  config: years(1),
  title: "asked for the missed days",
  today: "2027-01-08",
  days: { first: "2026-12-25", last: "2027-01-04" },
  matches: {
    "the first of them": joined("2025-12-25", 1),
    "E13: the last day of the year": joined("2025-12-31", 1),
    "E13: the first day of the year": joined("2026-01-01", 1),
    "the last of them": joined("2026-01-04", 1),
  },
  misses: { "a day before": { joinDate: "2025-12-24" }, "a day after": { joinDate: "2026-01-05" } },
});

testTable({
  config: years(100),
  matches: { "joined a hundred years ago": joined("1926-11-22", 100) },
  misses: {},
});
