import { expect } from "vitest";
import type { Db } from "#db/client";
import { memberEvents, users } from "#db/schema/index";
import { test } from "../../test/support/database.ts";
import { recordMemberships } from "./memberships.ts";

const clock = { now: new Date("2026-11-22T10:00:00Z"), today: "2026-11-22", timeZone: "Europe/Zurich" };

async function createMember(db: Db, more: Partial<typeof users.$inferInsert> = {}) {
  const [row] = await db.insert(users).values(more).returning({ id: users.id });
  return row?.id ?? Number.NaN;
}

async function readMember(db: Db, id: number) {
  const rows = await db.select().from(users);
  const member = rows.find((row) => row.id === id);
  return { endsOn: member?.membershipEndsOn, level: member?.membershipLevel };
}

test.for([
  [
    "the one of today",
    [
      ["2026-01-01", "2026-12-31", "now"],
      ["2027-01-01", "2027-12-31", "next"],
    ],
    { endsOn: "2027-12-31", level: "now" },
  ],
  [
    "the last, when none is of today",
    [
      ["2024-01-01", "2024-12-31", "old"],
      ["2025-01-01", "2025-12-31", "last"],
    ],
    { endsOn: "2025-12-31", level: "last" },
  ],
  [
    "one without end",
    [
      ["2024-01-01", null, "endless"],
      ["2025-01-01", "2025-12-31", "short"],
    ],
    { endsOn: null, level: "endless" },
  ],
] as const)(
  "of several memberships %s gives the level, and the last day counts",
  async ([, given, expected], { tx }) => {
    const memberId = await createMember(tx);
    await recordMemberships(
      tx,
      given.map(([startsOn, endsOn, level]) => ({ memberId, startsOn, endsOn, level })),
      clock,
    );
    expect(await readMember(tx, memberId)).toEqual(expected);
  },
);

test.for([
  ["later", "2026-12-31", "2027-12-31", 1],
  ["to never", "2026-12-31", null, 1],
  ["earlier", "2026-12-31", "2026-11-30", 0],
  ["later, but still past", "2024-12-31", "2025-12-31", 0],
] as const)("an end that moves %s is a renewal or not", async ([, before, after, events], { tx }) => {
  const memberId = await createMember(tx);
  await recordMemberships(tx, [{ memberId, startsOn: "2024-01-01", endsOn: before }], clock);
  await recordMemberships(tx, [{ memberId, startsOn: "2024-01-01", endsOn: after }], clock);
  const written = await tx.select().from(memberEvents);
  expect(written.map(({ type, detail }) => ({ type, detail }))).toEqual(
    Array.from({ length: events }, () => ({ type: "renewed", detail: { from: before, to: after } })),
  );
});

test("a first membership has the member's level unless it brings its own, and of two with one start the first counts", async ({
  tx,
}) => {
  const memberId = await createMember(tx, { membershipLevel: "gold" });
  const answer = await recordMemberships(
    tx,
    [
      { memberId, startsOn: "2026-01-01", endsOn: "2026-12-31" },
      { memberId, startsOn: "2026-01-01", endsOn: "2030-12-31" },
    ],
    clock,
  );
  expect(answer).toMatchObject({ created: 1, updated: 0, unchanged: 1 });
  expect(await readMember(tx, memberId)).toEqual({ endsOn: "2026-12-31", level: "gold" });
});

test("two callers that add a membership each leave the end of the later one", async ({ database: { db } }) => {
  const memberIds = await Promise.all(Array.from({ length: 20 }, () => createMember(db)));
  const given = (startsOn: string, endsOn: string) => memberIds.map((memberId) => ({ memberId, startsOn, endsOn }));
  await Promise.all([
    recordMemberships(db, given("2027-01-01", "2027-12-31"), clock),
    recordMemberships(db, given("2026-01-01", "2026-12-31").toReversed(), clock),
  ]);
  const members = await Promise.all(memberIds.map((id) => readMember(db, id)));
  expect(new Set(members.map(({ endsOn }) => endsOn))).toEqual(new Set(["2027-12-31"]));
});
