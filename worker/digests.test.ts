import { sql } from "drizzle-orm";
import { expect, onTestFinished } from "vitest";
import type { Db } from "#db/client";
import { listDueBells } from "#db/queries/due-work";
import { createLog } from "#lib/log";
import { createOutbox } from "#messaging/providers/outbox";
import { createTestDatabase, test } from "../test/support/database.ts";
import { createMember } from "../test/support/factories.ts";
import { createMailbox } from "../test/support/journey.ts";
import { until } from "../test/support/until.ts";
import { startTestWorker } from "../test/support/worker.ts";
import { createClockWatch } from "./clock-watch.ts";
import { processors } from "./processors.ts";

/** A gym where the day has come to some hour by now, and somebody has a task that is long due. */
async function openGym(db: Db, hour: number) {
  const { rows } = await db.execute<{ hour: number }>(sql`
    select extract(hour from clock_timestamp() at time zone 'UTC')::int as hour`);
  const east = ((hour - (rows[0]?.hour ?? 0) + 36) % 24) - 12;
  // These names count towards the west.
  await db.execute(sql`update gym_settings set time_zone = ${`Etc/GMT${east > 0 ? "-" : "+"}${Math.abs(east)}`}`);
  const { id } = await createMember(db, { role: "staff", email: "nico@gym.example", emailConsent: null });
  await db.execute(
    sql`insert into staff_tasks (assignee_id, description, due_date) values (${id}, 'Call', '2020-01-01')`,
  );
}

test("a worker sends the digests by itself in the morning, once", async () => {
  const database = await createTestDatabase();
  onTestFinished(database.drop);
  await openGym(database.db, 9);
  const { provider, taken } = createMailbox();
  for (let count = 0; count < 2; count++) {
    const worker = await startTestWorker(database, { email: provider });
    onTestFinished(() => worker.stop());
  }
  await until(
    () => database.db.execute(sql`select from communication_logs where class = 'digest' and status = 'sent'`),
    ({ rows }) => rows.length === 1,
  );
  expect(taken().map(({ to, subject }) => [to, subject])).toEqual([["nico@gym.example", "Today: 1 task due"]]);
  expect(await listDueBells(database.db)).not.toContain("digests");
});

test("in the afternoon nothing is owed", async ({ tx }) => {
  await openGym(tx, 14);
  expect(await listDueBells(tx)).toEqual([]);
});

test("E18: a clock that jumped ahead by a day sends no digest of tomorrow", async ({ tx }) => {
  await openGym(tx, 9);
  expect(await listDueBells(tx)).toEqual(["digests"]);
  let up = 0;
  const clockWatch = createClockWatch(() => up);
  const work = {
    db: tx,
    log: createLog({ name: "worker", level: "silent" }),
    email: createOutbox("email"),
    sms: createOutbox("sms"),
    links: { appUrl: "https://app.example", unsubscribeUrl: () => "" },
    leaseMs: 1_000,
    shouldStop: () => false,
    ring: () => {},
    clockWatch,
    toldSteps: new Set<string>(),
  };
  clockWatch.isCredible(new Date(Date.now() - 86_400_000));
  await processors.digests(work);
  expect(await listDueBells(tx)).toEqual(["digests"]);
  up = 4_000_000;
  await processors.digests(work);
  expect(await listDueBells(tx)).toEqual(["deliver"]);
});
