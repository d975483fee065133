import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { withTransaction } from "#db/client";
import { test } from "../../test/support/database.ts";
import { clockAt, createMember } from "../../test/support/factories.ts";
import { createNamedEverywhere } from "../../test/support/named-everywhere.ts";
import { exportMember } from "./export-member.ts";

const clock = clockAt("2026-11-22");

test("S39: a member is given every row that is theirs, nobody else's, and nothing that opens a door", async ({
  database,
}) => {
  const { db } = database;
  const { id } = await createNamedEverywhere(database);
  const other = await createNamedEverywhere(database);
  await db.execute(sql`update users set first_name = 'Zoe' where id = ${id}`);
  const { memberId, records } = await withTransaction(db, (tx) => exportMember(tx, id, null, clock));
  expect(memberId).toBe(id);
  expect(records.users).toMatchObject([{ id, first_name: "Zoe" }, { merged_into_id: id }]);
  expect(records).toMatchObject({
    visits: [{ member_id: id }, { member_id: id }],
    credit_entries: [{ amount: 25.5, reason: "Thanks" }],
    automation_logs: [{ member_id: id }],
    notifications: [{ title: "Hello" }],
    auth_users: [{ user_id: id }],
  });
  expect(Object.keys(records)).not.toEqual(expect.arrayContaining(["auth_sessions"]));
  expect(Object.keys(records)).not.toEqual(expect.arrayContaining(["auth_accounts"]));
  expect(JSON.stringify(records)).not.toContain(`sign-in-${other.id}@example.com`);
});

test("S42: an admin makes ten files an hour and no more, however many at once", async ({ database }) => {
  const { db } = database;
  const admin = await createMember(db, { role: "admin" });
  const { id } = await createMember(db);
  const tries = Array.from({ length: 14 }, () =>
    withTransaction(db, (tx) => exportMember(tx, id, admin.id, clock)).then(
      () => "made",
      (error) => error.code,
    ),
  );
  const outcomes = await Promise.all(tries);
  expect(outcomes.filter((outcome) => outcome === "made")).toHaveLength(10);
  expect(outcomes.filter((outcome) => outcome === "too_many")).toHaveLength(4);
  const events = sql`select count(*)::int as count from audit_events where action = 'member.exported' and actor_id = ${admin.id}`;
  expect((await db.execute(events)).rows).toEqual([{ count: 10 }]);
});
