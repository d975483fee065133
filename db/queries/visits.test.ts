import { sql } from "drizzle-orm";
import fc from "fast-check";
import { expect } from "vitest";
import { type Db, withSavepoint } from "#db/client";
import { memberEvents, memberStats, users, visits } from "#db/schema/index";
import { calendarDay } from "#lib/calendar";
import { test } from "../../test/support/database.ts";
import { type NewVisit, recordVisits } from "./visits.ts";

const clock = { now: new Date("2026-11-22T10:00:00Z"), today: "2026-11-22", timeZone: "Europe/Zurich" };

async function createMembers(db: Db, count: number) {
  const rows = await db
    .insert(users)
    .values(Array.from({ length: count }, (_, number) => ({ firstName: `Member ${number}` })))
    .returning({ id: users.id });
  return rows.map(({ id }) => id).sort((a, b) => a - b);
}

async function createMember(db: Db) {
  const [id] = await createMembers(db, 1);
  return id ?? Number.NaN;
}

const checkin = (memberId: number, visitedAt: string, more: Partial<NewVisit> = {}): NewVisit => ({
  memberId,
  visitedAt: new Date(visitedAt),
  kind: "checkin",
  ...more,
});

test("a visit belongs to the gym's calendar day, and the member's figures follow", async ({ tx }) => {
  const memberId = await createMember(tx);
  await recordVisits(tx, [checkin(memberId, "2026-03-01T23:30:00Z")], clock);
  await recordVisits(tx, [checkin(memberId, "2026-02-01T08:00:00Z"), checkin(memberId, "2026-02-07T08:00:00Z")], clock);

  expect(await tx.select().from(memberStats)).toMatchObject([
    {
      memberId,
      firstVisitOn: "2026-02-01",
      lastVisitOn: "2026-03-02",
      lastVisitAt: new Date("2026-03-01T23:30:00Z"),
      visitsTotal: 3,
    },
  ]);
});

test("a no-show is stored and counts for nothing", async ({ tx }) => {
  const memberId = await createMember(tx);
  const answer = await recordVisits(tx, [checkin(memberId, "2026-11-22T08:00:00Z", { kind: "no_show" })], clock);

  expect(answer).toEqual({ created: 1, unchanged: 0 });
  expect(await tx.select().from(memberStats)).toEqual([]);
  expect(await tx.select().from(memberEvents)).toEqual([]);
});

test("a known visit changes nothing, by its external id or by member, instant, kind and class", async ({ tx }) => {
  const memberId = await createMember(tx);
  const yoga = checkin(memberId, "2026-03-01T18:00:00Z", { kind: "class", className: "Yoga" });
  const numbered = checkin(memberId, "2026-03-02T18:00:00Z", { externalId: "V-1" });
  await recordVisits(tx, [yoga, numbered, yoga], clock);

  const moved = { ...numbered, visitedAt: new Date("2026-09-09T18:00:00Z") };
  expect(await recordVisits(tx, [yoga, moved], clock)).toEqual({ created: 0, unchanged: 2 });
  expect(await recordVisits(tx, [{ ...yoga, className: "Pilates" }], clock)).toEqual({ created: 1, unchanged: 0 });
  expect(await tx.select().from(memberStats)).toMatchObject([{ lastVisitOn: "2026-03-02", visitsTotal: 3 }]);
});

test.for([
  ["today", "2026-11-22T08:00:00Z", 1],
  ["yesterday", "2026-11-21T08:00:00Z", 1],
  ["the day before", "2026-11-20T08:00:00Z", 0],
] as const)("a visit of %s writes as many events: %s → %i", async ([, visitedAt, events], { tx }) => {
  const memberId = await createMember(tx);
  const older = checkin(memberId, "2026-01-01T08:00:00Z");
  await recordVisits(tx, [older, checkin(memberId, visitedAt), older], clock);
  await recordVisits(tx, [checkin(memberId, visitedAt)], clock);

  const written = await tx.select().from(memberEvents);
  expect(written).toHaveLength(events);
  expect(written.map(({ type, occurredAt }) => ({ type, occurredAt }))).toEqual(
    Array.from({ length: events }, () => ({ type: "visited", occurredAt: new Date(visitedAt) })),
  );
});

test("whatever the order, the batches and the repetitions, the figures are those of the rows", async ({ tx }) => {
  const memberIds = await createMembers(tx, 3);
  const visit = fc.record({
    memberId: fc.constantFrom(...memberIds),
    visitedAt: fc
      .integer({ min: 0, max: 400 * 24 * 4 })
      .map((quarters) => new Date(Date.UTC(2025, 9, 1) + quarters * 900_000)),
    kind: fc.constantFrom("checkin" as const, "class" as const, "no_show" as const),
    className: fc.constantFrom("", "Yoga"),
    externalId: fc.option(fc.integer({ min: 1, max: 30 }).map(String), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(visit, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), async (given, batch) => {
      await withSavepoint(tx, async () => {
        const repeated = [...given, ...given.toReversed().slice(0, 10)];
        for (let start = 0; start < repeated.length; start += batch) {
          await recordVisits(tx, repeated.slice(start, start + batch), clock);
        }
        const stored = await tx.select().from(visits);
        const stats = await tx.select().from(memberStats).orderBy(memberStats.memberId);
        expect(stats.map(({ riskScore, riskScoredAt, riskReasons, ...figures }) => figures)).toEqual(oracle(stored));
        throw rollback;
      }).catch((error) => {
        if (error !== rollback) {
          throw error;
        }
      });
    }),
    { numRuns: 60 },
  );
});

test("two callers at once with the same visits in opposite orders store each visit once", async ({ database }) => {
  const memberIds = await createMembers(database.db, 200);
  const given = memberIds.flatMap((memberId) =>
    [1, 2, 3].map((day) => checkin(memberId, `2026-05-0${day}T08:00:00Z`, { externalId: `${memberId}/${day}` })),
  );
  const answers = await Promise.all(
    [given, given.toReversed(), given, given.toReversed()].map((order) => recordVisits(database.db, order, clock)),
  );

  expect(answers.reduce((sum, { created }) => sum + created, 0)).toBe(given.length);
  const { rows } = await database.db.execute(sql`select distinct visits_total from member_stats`);
  expect(rows).toEqual([{ visits_total: 3 }]);
});

const rollback = new Error("roll back");

function oracle(stored: (typeof visits.$inferSelect)[]) {
  const came = stored.filter(({ kind }) => kind !== "no_show");
  const memberIds = [...new Set(came.map(({ memberId }) => memberId))].sort((a, b) => a - b);
  return memberIds.map((memberId) => {
    const instants = came.filter((visit) => visit.memberId === memberId).map(({ visitedAt }) => visitedAt.getTime());
    const first = new Date(Math.min(...instants));
    const last = new Date(Math.max(...instants));
    return {
      memberId,
      firstVisitOn: calendarDay(first, clock.timeZone),
      lastVisitOn: calendarDay(last, clock.timeZone),
      lastVisitAt: last,
      visitsTotal: instants.length,
    };
  });
}
