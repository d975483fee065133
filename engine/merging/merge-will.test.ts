import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { type Db, type Tx, withTransaction } from "#db/client";
import { readPreferences, recordAnswers, stopEmail } from "#db/queries/preferences";
import { unsubscribe } from "#db/queries/unsubscribe";
import { test } from "../../test/support/database.ts";
import { clockAt, createMember } from "../../test/support/factories.ts";
import { until } from "../../test/support/until.ts";
import { mergeMembers } from "./merge-members.ts";

const clock = clockAt("2026-11-22");
const merge = (db: Db | Tx, keep: number, drop: number) =>
  withTransaction(db, (tx) => mergeMembers(tx, { keep, drop }, null, clock));

async function mayMail(db: Db, memberId: number) {
  const { rows } = await db.execute<{ said: boolean }>(sql`
    select is_granted as said from consent_events
    where member_id = ${memberId} and channel = 'email' and class = 'marketing' order by id desc limit 1`);
  return rows[0]?.said ?? null;
}

test("E45: the stricter will wins, and a yes counts where the survivor never said anything", async ({ tx }) => {
  const cases: [boolean | null, boolean | null, boolean | null][] = [
    [true, true, true],
    [true, false, false],
    [false, true, false],
    [null, true, true],
    [null, false, false],
    [true, null, true],
    [false, null, false],
    [null, null, null],
  ];
  for (const [own, other, both] of cases) {
    const keep = await createMember(tx, { emailConsent: own });
    const drop = await createMember(tx, { emailConsent: other });
    await merge(tx, keep.id, drop.id);
    expect([own, other, await mayMail(tx, keep.id)]).toEqual([own, other, both]);
  }
});

test("E45: who wanted nothing at an address that is given up hears nothing at the other", async ({ tx }) => {
  const [keep, drop] = [await createMember(tx), await createMember(tx, { phone: "+41791234567" })];
  await stopEmail(tx, drop.id, "Stop", "unsubscribe_page");
  await tx.execute(sql`
    insert into suppressions (channel, address_hash, reason) values ('sms', encode(sha256('+41791234567'), 'hex'), 'requested')`);
  await tx.execute(sql`update users set phone = '+41797654321' where id = ${keep.id}`);
  await merge(tx, keep.id, drop.id);
  const { rows } = await tx.execute(sql`
    select distinct on (channel, class) channel, class, is_granted as said from consent_events where member_id = ${keep.id}
    order by channel, class, id desc`);
  expect(rows).toEqual(
    ["email", "sms"].flatMap((channel) =>
      ["marketing", "service"].map((kind) => ({ channel, class: kind, said: false })),
    ),
  );
});

test("E45: a link in mail to the second record stops mail to the survivor, and doing it again wakes no old no", async ({
  tx,
}) => {
  const [keep, drop] = [await createMember(tx), await createMember(tx)];
  await merge(tx, keep.id, drop.id);
  expect(await readPreferences(tx, drop.id)).toMatchObject({ email: keep.email });
  await unsubscribe(tx, drop.id, "one_click");
  expect(await mayMail(tx, keep.id)).toBe(false);
  const yes = { channel: "email", class: "marketing", isGranted: true, wording: "Yes" } as const;
  await recordAnswers(tx, keep.id, [yes], "preferences");
  await merge(tx, keep.id, drop.id);
  expect(await mayMail(tx, keep.id)).toBe(true);
});

test("E45: a no that waits for the merging is the survivor's", async ({ database: { db } }) => {
  const [keep, drop] = [await createMember(db), await createMember(db)];
  let said: Promise<void> | undefined;
  await withTransaction(db, async (tx) => {
    await merge(tx, keep.id, drop.id);
    said = unsubscribe(db, drop.id, "one_click");
    const waiting = sql`
      select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await until(
      async () => (await db.execute<{ count: number }>(waiting)).rows[0]?.count ?? 0,
      (count) => count > 0,
    );
  });
  await said;
  expect(await mayMail(db, keep.id)).toBe(false);
});
