import { sql } from "drizzle-orm";
import fc from "fast-check";
import { expect } from "vitest";
import type { Db } from "#db/client";
import { memberEvents, memberStats, memberships, riskScores, users, visits } from "#db/schema/index";
import { emptyGym, importText } from "../../test/support/csv.ts";
import { test } from "../../test/support/database.ts";

test.beforeEach(async ({ database: { db } }) => {
  await emptyGym(db);
  await importText(db, "members", [
    "external_id,email",
    "M1,anna@example.ch",
    "M2,us@example.ch",
    "M3,us@example.ch",
    ",beat@example.ch",
  ]);
});

const readStats = async (db: Db) => {
  const { rows } = await db.execute(sql`
    select coalesce(external_id, email) as member, first_visit_on, last_visit_on, visits_total
    from member_stats join users on users.id = member_id order by 1`);
  return rows;
};

test("visits are stored with the gym's day, in its zone where the file names none", async ({ database: { db } }) => {
  const answer = await importText(db, "visits", [
    "member_external_id,member_email,visited_at,kind,class_name,external_id",
    "M1,,2026-03-01T23:30:00Z,class,Yoga,V1",
    ",beat@example.ch,2026-03-01 23:30,swimming,,",
    "M1,anna@example.ch,2026-03-05T08:00,No-Show,,",
    "M2,,2026-11-22T08:00,,,",
    "M2,,2026-12-24T08:00,checkin,,",
  ]);
  expect(answer).toMatchObject({ read: 5, created: 5, refused: 0 });
  expect(answer.notes).toEqual({ "visits lie in the future: they are stored as they are": 1 });
  const stored = await db.select().from(visits).orderBy(visits.visitedAt);
  expect(stored).toMatchObject([
    { visitedAt: new Date("2026-03-01T22:30:00Z"), visitedOn: "2026-03-01", kind: "checkin", className: "" },
    { visitedOn: "2026-03-02", kind: "class", className: "Yoga", externalId: "V1" },
    { visitedOn: "2026-03-05", kind: "no_show" },
    { visitedOn: "2026-11-22", kind: "checkin" },
    { visitedOn: "2026-12-24", kind: "checkin" },
  ]);
  expect(await readStats(db)).toEqual([
    { member: "M1", first_visit_on: "2026-03-02", last_visit_on: "2026-03-02", visits_total: 1 },
    { member: "M2", first_visit_on: "2026-11-22", last_visit_on: "2026-12-24", visits_total: 2 },
    { member: "beat@example.ch", first_visit_on: "2026-03-01", last_visit_on: "2026-03-01", visits_total: 1 },
  ]);
  expect(await db.select().from(memberEvents)).toMatchObject([{ type: "visited" }]);
});

test("a visit whose member or instant is not clear is refused, and its neighbours are stored", async ({
  database: { db },
}) => {
  const { created, problems } = await importText(db, "visits", [
    "member_external_id,member_email,visited_at",
    "M9,,2026-03-01T10:00",
    ",us@example.ch,2026-03-01T10:00",
    ",nobody@example.ch,2026-03-01T10:00",
    "M1,us@example.ch,2026-03-01T10:00",
    ",,2026-03-01T10:00",
    "M1,,",
    "M1,,2026-02-30T10:00",
    "M1,,2026-03-01T10:00",
  ]);
  expect(created).toBe(1);
  expect(problems.map(({ line, column, value, reason }) => [line, column, value, reason])).toEqual([
    [2, "member_external_id", "M9", "no member has this external_id: import the members first"],
    [3, "member_email", "us@example.ch", "2 members share this address: say which one with member_external_id"],
    [4, "member_email", "nobody@example.ch", "no member has this address: import the members first"],
    [5, "member_email", "us@example.ch", "is another member's than member_external_id: correct one of the two"],
    [6, "member_external_id", "", "says whose it is"],
    [7, "visited_at", "", "says when the visit was"],
    [8, "visited_at", "2026-02-30T10:00", "2026 has no 30 February"],
  ]);
});

test("instants like 03/04/2026 are asked about for the whole file", async ({ database: { db } }) => {
  const file = ["member_external_id,visited_at", "M1,03/04/2026 18:30"];
  await expect(importText(db, "visits", file)).rejects.toThrow("visited_at are not written year-month-day");
  expect(await importText(db, "visits", file, { dates: "dmy" })).toMatchObject({ created: 1 });
  expect(await db.select().from(visits)).toMatchObject([{ visitedOn: "2026-04-03" }]);
});

test("however the lines of a visits file are ordered and repeated, the members' figures are the same", async ({
  database: { db },
}) => {
  const line = fc
    .record({
      member: fc.constantFrom("M1,", "M2,", "M3,", ",beat@example.ch"),
      at: fc
        .integer({ min: 0, max: 300 * 24 })
        .map((hours) => new Date(Date.UTC(2026, 0, 1) + hours * 3_600_000).toISOString()),
      kind: fc.constantFrom("checkin", "class", "no_show"),
    })
    .map(({ member, at, kind }) => `${member},${at},${kind}`);
  const files = fc
    .uniqueArray(line, { minLength: 1, maxLength: 40 })
    .chain((lines) =>
      fc.tuple(fc.constant(lines), fc.shuffledSubarray([...lines, ...lines], { minLength: lines.length * 2 })),
    );
  await fc.assert(
    fc.asyncProperty(files, async ([lines, shuffled]) => {
      await db.execute(sql`delete from visits`);
      await db.execute(sql`delete from member_stats`);
      const answer = await importText(db, "visits", ["member_external_id,member_email,visited_at,kind", ...shuffled]);
      expect(answer).toMatchObject({ created: lines.length, unchanged: lines.length });
      expect(await readStats(db)).toEqual(figuresOf(lines));
    }),
    { numRuns: 25 },
  );
});

/** The figures as one would count them by hand. */
function figuresOf(lines: string[]) {
  const days = new Map<string, string[]>();
  for (const [externalId, email, at = "", kind] of lines.map((line) => line.split(","))) {
    if (kind !== "no_show") {
      const member = externalId || email || "";
      const day = new Date(at).toLocaleDateString("sv-SE", { timeZone: "Europe/Zurich" });
      days.set(member, [...(days.get(member) ?? []), day].sort());
    }
  }
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([member, on]) => ({ member, first_visit_on: on[0], last_visit_on: on.at(-1), visits_total: on.length }));
}

test("two imports of the same visits at once store each once", async ({ database: { db } }) => {
  const lines = Array.from(
    { length: 3_000 },
    (_, number) => `M${1 + (number % 3)},${new Date(1.7e12 + number * 1e6).toISOString()},V${number}`,
  );
  const header = "member_external_id,visited_at,external_id";
  const answers = await Promise.all([
    importText(db, "visits", [header, ...lines]),
    importText(db, "visits", [header, ...lines.toReversed()]),
  ]);
  expect(answers.reduce((sum, { created }) => sum + created, 0)).toBe(3_000);
  expect(await readStats(db)).toMatchObject([
    { visits_total: 1_000 },
    { visits_total: 1_000 },
    { visits_total: 1_000 },
  ]);
});

test("memberships of a file of their own follow each other, and a later end is a renewal", async ({
  database: { db },
}) => {
  const header = "member_external_id,membership_start,membership_end,membership_level";
  const first = await importText(db, "memberships", [
    header,
    "M1,2025-01-01,2025-12-31,basic",
    "M1,2024-01-01,2024-12-31,gold",
  ]);
  expect(first).toMatchObject({ created: 2, problems: [] });
  const next = await importText(db, "memberships", [
    header,
    "M1,2026-01-01,2026-12-31,plus",
    "M1,2025-01-01,2025-12-31,basic",
    "M2,,2026-01-01,",
    "M2,2026-01-02,2026-01-01,",
  ]);
  expect(next).toMatchObject({ created: 1, updated: 0, unchanged: 1, refused: 2 });
  const [member] = await db.select().from(users).orderBy(users.id).limit(1);
  expect(member).toMatchObject({ membershipEndsOn: "2026-12-31", membershipLevel: "plus" });
  expect(await db.select().from(memberEvents)).toMatchObject([
    { type: "renewed", detail: { from: "2025-12-31", to: "2026-12-31" } },
  ]);

  // The end is not in this file: it stays. The level is.
  const level = await importText(db, "memberships", [
    "member_external_id,membership_start,membership_level",
    "M1,2026-01-01,gold",
  ]);
  expect(level).toMatchObject({ updated: 1 });
  const stored = await db.select().from(memberships).orderBy(memberships.startsOn);
  expect(stored.map(({ endsOn, level }) => [endsOn, level])).toEqual([
    ["2024-12-31", "gold"],
    ["2025-12-31", "basic"],
    ["2026-12-31", "gold"],
  ]);
});

test("of scores the newest is what sweeps read, in whatever order they come", async ({ database: { db } }) => {
  const header = "member_external_id,score,scored_at,reasons";
  const file = [
    header,
    "M1,0.8123,2026-11-20T04:00,fewer visits; left the class",
    "M1,0.3,2026-11-01T04:00,",
    "M2,1.5,2026-11-01T04:00,",
    "M2,,2026-11-01T04:00,",
  ];
  expect(await importText(db, "risk", file)).toMatchObject({ created: 2, refused: 2 });
  const newest = {
    riskScore: 0.8123,
    riskScoredAt: new Date("2026-11-20T03:00:00Z"),
    riskReasons: ["fewer visits", "left the class"],
  };
  expect(await db.select().from(memberStats)).toMatchObject([newest]);
  expect(await importText(db, "risk", file)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  expect(await importText(db, "risk", [header, "M1,0.4,2026-11-01T04:00,"])).toMatchObject({ updated: 1 });
  expect(await db.select().from(riskScores)).toHaveLength(2);
  expect(await db.select().from(memberStats)).toMatchObject([newest]);
});
