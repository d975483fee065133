import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { withTransaction } from "#db/client";
import { memberReferences } from "#db/member-references";
import { recordVisits } from "#db/queries/visits";
import { memberStats, memberships, users } from "#db/schema/index";
import { type TestDatabase, test } from "../../test/support/database.ts";
import { clockAt, createMember } from "../../test/support/factories.ts";
import { createNamedEverywhere } from "../../test/support/named-everywhere.ts";
import { mergeMembers } from "./merge-members.ts";

const clock = clockAt("2026-11-22");

const merge = ({ db }: TestDatabase, keep: number, drop: number) =>
  withTransaction(db, (tx) => mergeMembers(tx, { keep, drop }, null, clock));

/** How many rows of each reference name the member. */
async function countNaming({ db }: TestDatabase, memberId: number) {
  const references = Object.values(memberReferences).flat();
  const counts = references.map((reference) => {
    const [table = "", column = ""] = reference.split(".");
    return sql`select ${reference}::text as reference, count(*)::int as count from ${sql.identifier(table)}
               where ${sql.identifier(column)} = ${memberId}`;
  });
  const { rows } = await db.execute<{ reference: string; count: number }>(sql.join(counts, sql` union all `));
  return Object.fromEntries(rows.filter(({ count }) => count > 0).map(({ reference, count }) => [reference, count]));
}

test("E45: all that names the second record names the survivor, and the ledger adds up", async ({ database }) => {
  const { db } = database;
  const drop = await createNamedEverywhere(database);
  const keep = await createNamedEverywhere(database);
  const before = await countNaming(database, drop.id);
  expect(Object.keys(before).toSorted()).toEqual(Object.values(memberReferences).flat().toSorted());
  const sum = sql`select sum(amount)::float as sum from credit_entries`;
  const { rows: ledger } = await db.execute(sum);

  const { moved } = await merge(database, keep.id, drop.id);
  expect(moved).toMatchObject({
    runs: 1,
    messages: 1,
    visits: 0,
    memberships: 1,
    credit_entries: 2,
    automation_logs: 1,
  });
  // What was said can only be added to; what leads from the second record to the first is no remainder.
  expect(await countNaming(database, drop.id)).toEqual({ "consent_events.member_id": 1, "staff_digests.user_id": 1 });
  const { rows: named } = await db.execute(sql`select distinct unnest(member_ids)::int as id from staff_digests`);
  expect(named).toEqual([{ id: keep.id }]);
  const { rows } = await db.execute(sum);
  expect(rows).toEqual(ledger);
  const { rows: recipients } = await db.execute(sql`select distinct recipient from communication_logs`);
  expect(recipients).toEqual([{ recipient: `member_${keep.id}` }]);
});

test("E45: the second record stays behind empty, and the survivor's own word stands", async ({ database }) => {
  const { db } = database;
  const keep = await createMember(db, {
    firstName: "",
    phone: null,
    pausedUntil: "2026-12-01",
    membershipLevel: "Basic",
  });
  const drop = await createMember(db, {
    ...{
      firstName: "Ada",
      externalId: "A-1",
      phone: "+41791234567",
      pausedUntil: "2026-12-24",
      membershipLevel: "Gold",
    },
    ...{ birthDate: "1990-05-01", profilingObjectedAt: new Date("2026-01-01"), language: "de" as const },
  });
  await merge(database, keep.id, drop.id);
  const [survivor, shell] = await db.select().from(users).where(sql`id in (${keep.id}, ${drop.id})`).orderBy(users.id);
  expect(survivor).toMatchObject({
    ...{ firstName: "Ada", externalId: "A-1", phone: "+41791234567", email: keep.email, birthDate: "1990-05-01" },
    ...{ pausedUntil: "2026-12-24", membershipLevel: "Basic", language: "de", lastName: keep.lastName },
  });
  expect(survivor?.profilingObjectedAt).toEqual(new Date("2026-01-01"));
  expect(shell).toMatchObject({
    firstName: "",
    lastName: "",
    email: null,
    phone: null,
    externalId: null,
    birthDate: null,
  });
  expect(shell).toMatchObject({ mergedIntoId: keep.id, erasedAt: clock.now });
});

test("E45: visits and memberships add up, what both were recorded for once", async ({ database }) => {
  const { db } = database;
  const keep = await createMember(db, { visits: ["2026-10-01", "2026-11-01"], expiresOn: "2026-12-31" });
  const drop = await createMember(db, { visits: ["2026-11-01", "2026-11-20"], expiresOn: "2027-12-31" });
  await db.execute(sql`
    insert into risk_scores (member_id, score, model_version, scored_at)
    values (${keep.id}, 0.9, 'v1', '2026-11-01'), (${drop.id}, 0.1, 'v1', '2026-11-20')`);
  await merge(database, keep.id, drop.id);
  expect(await db.select().from(memberStats).where(eq(memberStats.memberId, keep.id))).toMatchObject([
    { visitsTotal: 3, firstVisitOn: "2026-10-01", lastVisitOn: "2026-11-20", riskScore: 0.1 },
  ]);
  expect(await db.select().from(memberships).where(eq(memberships.memberId, keep.id))).toMatchObject([
    { startsOn: "2020-01-01", endsOn: "2027-12-31" },
  ]);
  const { rows } = await db.execute(sql`
    select membership_ends_on::text as "endsOn", (select count(*)::int from member_events where member_id = u.id and type = 'renewed') as renewed
    from users u where id = ${keep.id}`);
  expect(rows).toEqual([{ endsOn: "2027-12-31", renewed: 1 }]);
});

test("E45: of two open offers of one code the longer one stays", async ({ database }) => {
  const { db } = database;
  const [keep, drop] = [await createMember(db), await createMember(db)];
  await db.execute(sql`
    insert into member_offers (member_id, offer_code, applied_on, expiry_date)
    values (${keep.id}, 'SAME', '2026-11-01', '2026-12-01'), (${drop.id}, 'SAME', '2026-11-10', '2026-12-10'),
           (${drop.id}, 'OTHER', '2026-11-10', '2026-12-10')`);
  await merge(database, keep.id, drop.id);
  const { rows } = await db.execute(sql`
    select offer_code as code, expiry_date::text as until from member_offers where member_id = ${keep.id} order by 1`);
  expect(rows).toEqual([
    { code: "OTHER", until: "2026-12-10" },
    { code: "SAME", until: "2026-12-10" },
  ]);
});

test("E45: doing it again changes nothing, and brings over what came in meanwhile", async ({ database }) => {
  const { db } = database;
  const [keep, drop] = [await createMember(db), await createMember(db)];
  expect(await merge(database, keep.id, drop.id)).toMatchObject({ isDone: false });
  const audited = sql`select count(*)::int as count from audit_events where subject_id = ${keep.id}`;
  expect(await merge(database, keep.id, drop.id)).toMatchObject({ isDone: true, runsEnded: 0 });
  expect((await db.execute(audited)).rows).toEqual([{ count: 1 }]);
  await recordVisits(db, [{ memberId: drop.id, visitedAt: clock.now, kind: "checkin" }], clock);
  expect(await merge(database, keep.id, drop.id)).toMatchObject({ isDone: true, moved: { visits: 1 } });
  expect(await db.select().from(memberStats).where(eq(memberStats.memberId, keep.id))).toMatchObject([
    { visitsTotal: 1 },
  ]);
});

test("E45: what was merged into the second record before leads to the survivor", async ({ database }) => {
  const { db } = database;
  const [a, b, c] = [await createMember(db), await createMember(db), await createMember(db)];
  await merge(database, b.id, a.id);
  await merge(database, c.id, b.id);
  const { rows } = await db.execute(sql`select id from users where merged_into_id = ${c.id} order by id`);
  expect(rows).toEqual([{ id: a.id }, { id: b.id }]);
});

test("E45: who cannot be merged is named, with the reason", async ({ database }) => {
  const { db } = database;
  const [member, gone, erased] = [await createMember(db), await createMember(db), await createMember(db)];
  const admin = await createMember(db, { role: "admin" });
  const staff = await createMember(db, { role: "staff" });
  await db.update(users).set({ erasedAt: clock.now }).where(eq(users.id, erased.id));
  await merge(database, member.id, gone.id);
  const cases: [number, number, Record<string, string>][] = [
    [member.id, member.id, { drop: "is the same member" }],
    [member.id, 999_999, { drop: "there is no member 999999" }],
    [999_999, member.id, { keep: "there is no member 999999" }],
    [member.id, erased.id, { drop: `${erased.id} was erased` }],
    [erased.id, member.id, { keep: `${erased.id} was erased` }],
    [member.id, admin.id, { drop: `${admin.id} is an admin: only members are merged` }],
    [staff.id, member.id, { keep: `${staff.id} is staff: only members are merged` }],
    [gone.id, member.id, { keep: `${gone.id} was merged into ${member.id}: name that one` }],
    [staff.id, admin.id, expect.objectContaining({ keep: expect.any(String), drop: expect.any(String) })],
  ];
  const { rows: audited } = await db.execute(sql`select count(*)::int as count from audit_events`);
  for (const [keep, drop, fields] of cases) {
    await expect(merge(database, keep, drop)).rejects.toMatchObject({ name: "AppError", fields });
  }
  expect((await db.execute(sql`select count(*)::int as count from audit_events`)).rows).toEqual(audited);
});
