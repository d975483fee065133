import path from "node:path";
import { sql } from "drizzle-orm";
import { expect, inject, onTestFinished, test } from "vitest";
import { type Db, withTransaction } from "#db/client";
import { unsubscribe } from "#db/queries/unsubscribe";
import type { Clock } from "#lib/clock";
import { type DeliveryOptions, deliverDue } from "#messaging/deliver";
import { prepareOutgoing } from "#messaging/prepare-outgoing";
import { createResend } from "#messaging/providers/resend";
import { createRandom } from "../chaos/random.ts";
import { resendKey, startResendServer } from "../support/resend-server.ts";
import { isLong, seed } from "../support/size.ts";
import { connectAnother, countStates, createOwingGym, deliveryOptions, later, nextDue, noon } from "./gym.ts";

let files = 0;

async function startResend(options: Partial<Parameters<typeof startResendServer>[0]> = {}) {
  const witnessFile = path.join(inject("scratchDirectory"), `once-${++files}.jsonl`);
  const server = await startResendServer({ witnessFile, seed, ...options });
  onTestFinished(server.stop);
  const provider = createResend({
    apiKey: resendKey,
    baseUrl: server.url,
    requestsPerSecond: 1000,
    answerWithinMs: isLong ? 2_000 : 300,
  });
  return { server, provider };
}

/** How often each address was written to, those that were more than once. */
function doubles(addresses: string[]) {
  const counts = new Map<string, number>();
  for (const address of addresses) {
    counts.set(address, (counts.get(address) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count > 1);
}

test("G8, E81: whatever the provider does, each message is handed over once", { timeout: 300_000 }, async () => {
  const members = isLong ? 10_000 : 800;
  const { database, db } = await createOwingGym(members);
  const faults = {
    takenThenReset: 0.1,
    broken: 0.03,
    takenThenBroken: 0.02,
    limited: 0.05,
    hanging: 0.02,
    takenThenCut: 0.02,
  };
  const { server, provider } = await startResend({ faults });
  const options = deliveryOptions(provider);
  const workers = [db, connectAnother(database.url)];
  let clock: Clock = noon;
  for (let round = 0; round < 200; round++) {
    await Promise.all(workers.map((worker) => deliverDue(worker, () => clock, options)));
    const due = await nextDue(db);
    if (!due) {
      break;
    }
    clock = later(
      noon,
      Math.max(due.getTime() - noon.now.getTime(), clock.now.getTime() - noon.now.getTime()) + 60_000,
    );
  }
  expect(await countStates(db)).toEqual({ sent: members });
  expect(server.taken()).toHaveLength(members);
  expect(doubles(server.takenBy())).toEqual([]);
  expect(server.keyConflicts()).toBe(0);
});

test("G8, E74: what may have left 23 hours ago is not handed over again, but shown to a person", async () => {
  const { db } = await createOwingGym(100);
  const { server, provider } = await startResend({ faults: { takenThenReset: 1 } });
  await deliverDue(db, () => noon, deliveryOptions(provider));
  const requests = server.requests.length;
  for (const hours of [25, 26, 72]) {
    await deliverDue(db, () => later(noon, hours * 3_600_000), deliveryOptions(provider));
  }
  expect(server.requests).toHaveLength(requests);
  expect(await countStates(db)).toEqual({ "unconfirmed: unknown_outcome": 100 });
});

test("G9: a request that was broken off is repeated as it was, and only what is invalid fails", {
  timeout: 1_800_000,
}, async () => {
  const batches = isLong ? 1_000 : 10;
  const invalid = sql`case when n % 100 = 7 then 'invalid' || n || '@example.com' else 'm' || n || '@example.com' end`;
  const { db } = await createOwingGym(batches * 100, { addressOf: invalid });
  const { server, provider } = await startResend();
  const options = deliveryOptions(provider);
  const random = createRandom(seed);
  const crashes = { frozen: 0, handed: 0 };
  let clock = noon;
  for (let turn = 0; turn < batches * 3 && (await nextDue(db)); turn++) {
    // The account's key is good for a day, and there is always some time between two tries.
    clock = later(clock, 1_000);
    const fate = random();
    if (fate < 0.6) {
      await withTransaction(db, async (tx) => {
        // A worker that ends here leaves a lease that is over at once.
        const { calls } = await prepareOutgoing(tx, provider, clock, { ...options, leaseMs: -1 });
        if (fate < 0.3 && calls.length > 0) {
          crashes.handed++;
          return calls;
        }
        crashes.frozen++;
        return [];
      }).then((calls) =>
        Promise.all(calls.slice(1).map(({ outgoing, key }) => provider.send(outgoing, `request/${key}`))),
      );
    } else {
      let turns = 0;
      await deliverDue(db, () => clock, { ...options, shouldStop: () => ++turns > 2 });
    }
  }
  await deliverDue(db, () => clock, options);
  expect(crashes.frozen).toBeGreaterThan(batches / 10);
  expect(crashes.handed).toBeGreaterThan(batches / 10);
  expect(await countStates(db)).toEqual({ sent: batches * 99, "failed: refused_by_provider": batches });
  expect(server.takenBy()).toHaveLength(batches * 99);
  expect(doubles(server.takenBy())).toEqual([]);
  expect(server.keyConflicts()).toBe(0);
  const { rows } = await db.execute(sql`
    select count(*)::int as wrong from communication_logs where (status = 'failed') <> (recipient like 'invalid%')`);
  expect(rows).toEqual([{ wrong: 0 }]);
});

test("a request of unknown outcome is given up when one of its readers said no in between: nobody is written to twice", async () => {
  const { db } = await createOwingGym(10);
  const { server, provider } = await startResend({ faults: { takenThenReset: 1 } });
  await deliverDue(db, () => noon, deliveryOptions(provider));
  const { rows } = await db.execute<{ id: number }>(sql`select min(id) as id from users`);
  await unsubscribe(db, rows[0]?.id ?? 0, "one_click");
  const requests = server.requests.length;
  await deliverDue(db, () => later(noon, 3_600_000), deliveryOptions(provider));
  expect(server.requests).toHaveLength(requests);
  expect(await countStates(db)).toEqual({ "unconfirmed: no_consent": 1, "unconfirmed: unknown_outcome": 9 });
});

test("E77, E78: an account that refuses is told of once, costs no tries, and goes on when it is mended", async () => {
  const { db } = await createOwingGym(500);
  const { server, provider } = await startResend();
  const news: unknown[] = [];
  const options = { ...deliveryOptions(provider), onPause: (pause: { cause: string }) => news.push(pause.cause) };
  server.setKeyGood(false);
  for (let minutes = 0; minutes < 60; minutes += 2) {
    await deliverDue(db, () => later(noon, minutes * 60_000), options);
  }
  expect(news).toEqual(["account_refused"]);
  expect(server.requests.length).toBeLessThanOrEqual(7);
  const { rows } = await db.execute(sql`
    select max(attempts) as attempts, count(first_tried_at)::int as tried, count(batch_id)::int as batches from communication_logs`);
  expect(rows).toEqual([{ attempts: 0, tried: 0, batches: 0 }]);

  server.setKeyGood(true);
  server.refuse({ status: 429, name: "daily_quota_exceeded", message: "Quota" });
  await deliverDue(db, () => later(noon, 61 * 60_000), options);
  server.refuse(null);
  await deliverDue(db, () => later(noon, 90 * 60_000), options);
  expect(await countStates(db)).toEqual({ queued: 500 });
  await deliverDue(db, () => later(noon, 122 * 60_000), options);
  expect(news).toEqual(["account_refused", "quota_exceeded"]);
  expect(await countStates(db)).toEqual({ sent: 500 });
  expect(doubles(server.takenBy())).toEqual([]);
});

type Life = { hours: number; everyMinutes?: number };

/** Delivers whenever something may go, until nothing is owed. Answers the minutes at which the provider was asked. */
async function liveThrough(
  db: Db,
  server: { requests: unknown[] },
  options: DeliveryOptions,
  { hours, everyMinutes = 1 }: Life,
) {
  const asked: number[] = [];
  let minutes = 0;
  while (minutes < hours * 60 && (await nextDue(db))) {
    const before = server.requests.length;
    await deliverDue(db, () => later(noon, minutes * 60_000), options);
    asked.push(...Array<number>(server.requests.length - before).fill(minutes));
    const { rows } = await db.execute<{ until: string }>(sql`select paused_until as until from provider_accounts`);
    minutes = Math.max((Date.parse(rows[0]?.until ?? "") - noon.now.getTime()) / 60_000, minutes + everyMinutes);
  }
  return asked;
}

test("E81: while the provider is down it is asked more and more seldom, and then everything goes once", async () => {
  const { db } = await createOwingGym(300);
  const { server, provider } = await startResend();
  const news: unknown[] = [];
  const options = { ...deliveryOptions(provider), onPause: (pause: { cause: string }) => news.push(pause.cause) };
  server.refuse({ status: 503, name: "application_error", message: "Try again later" });
  // Calls that had begun when the first of them failed belong to its minute.
  const asked = [...new Set(await liveThrough(db, server, options, { hours: 6 }))];
  const pauses = asked.slice(1).map((minute, index) => minute - (asked[index] ?? 0));
  expect(pauses.length).toBeGreaterThan(10);
  // A minute, two, four … half an hour, each up to a fifth shorter.
  const longest = pauses.map((_, index) => Math.min(2 ** index, 30));
  expect(pauses.filter((pause, index) => pause > (longest[index] ?? 0) + 0.1)).toEqual([]);
  expect(pauses.filter((pause, index) => pause < (longest[index] ?? 0) * 0.8)).toEqual([]);
  expect(news).toEqual(["unavailable"]);
  server.refuse(null);
  await deliverDue(db, () => later(noon, 7 * 3_600_000), options);
  expect(await countStates(db)).toEqual({ sent: 300 });
  expect(doubles(server.takenBy())).toEqual([]);
});

test("E81: what it did not answer for within a day is left to a person, and asked for no more", async () => {
  const { db } = await createOwingGym(300);
  const { server, provider } = await startResend();
  server.refuse({ status: 503, name: "application_error", message: "Try again later" });
  const asked = await liveThrough(db, server, deliveryOptions(provider), { hours: 50, everyMinutes: 120 });
  expect(Math.max(...asked)).toBeLessThan(48 * 60);
  const { "unconfirmed: unknown_outcome": unknown = 0, ...others } = await countStates(db);
  // Calls of the same claim were not handed over after the first had failed: those that never were are too late in the end.
  expect(unknown).toBeGreaterThanOrEqual(100);
  expect(Object.keys(others).filter((state) => state !== "skipped: expired_too_late")).toEqual([]);
});

test("E78: an account that is refused for a day and a half costs no message", async () => {
  const { db } = await createOwingGym(600);
  const { server, provider } = await startResend();
  server.setKeyGood(false);
  await liveThrough(db, server, deliveryOptions(provider), { hours: 36, everyMinutes: 180 });
  expect(await countStates(db)).toEqual({ queued: 600 });
  server.setKeyGood(true);
  await deliverDue(db, () => later(noon, 37 * 3_600_000), deliveryOptions(provider));
  expect(await countStates(db)).toEqual({ sent: 600 });
});

test("of a call that is refused for what one mail says, that one alone fails", async () => {
  const { db } = await createOwingGym(10);
  const { server, provider } = await startResend();
  const strict = {
    ...provider,
    send: async (...[batch, key]: Parameters<typeof provider.send>) => {
      const isRefused = batch.some(({ to }) => to === "m4@example.com");
      server.refuse(isRefused ? { status: 422, name: "validation_error", message: "Not this one" } : null);
      return provider.send(batch, key);
    },
  };
  await deliverDue(db, () => noon, deliveryOptions(strict));
  expect(await countStates(db)).toEqual({ sent: 9, "failed: refused_by_provider": 1 });
  expect(server.taken()).toHaveLength(9);
});

test("a sender of a template's own that is refused stops no other mail", async () => {
  const { db } = await createOwingGym(4);
  await db.execute(sql`
    update template_versions set content = jsonb_set(content, '{from_address}', '"news@other.example"')`);
  const { server, provider } = await startResend();
  server.refuse({ status: 403, name: "validation_error", message: "The domain is not verified" });
  await deliverDue(db, () => noon, deliveryOptions(provider));
  expect(await countStates(db)).toEqual({ "failed: refused_by_provider": 4 });
});

test("a call whose events told of some of it is repeated whole, and only the rest is settled by its answer", async () => {
  const { db } = await createOwingGym(6);
  const { server, provider } = await startResend({ faults: { takenThenReset: 1 } });
  await deliverDue(db, () => noon, deliveryOptions(provider));
  await db.execute(sql`
    update communication_logs set status = 'delivered', due_at = null, sent_at = first_tried_at, provider_message_id = 'told-' || id
    where id in (select id from communication_logs order by id limit 2)`);
  const before = server.requests.length;
  server.setFaultless();
  await deliverDue(db, () => later(noon, 3_600_000), deliveryOptions(provider));
  expect(server.requests.length).toBe(before + 1);
  expect(server.keyConflicts()).toBe(0);
  expect(await countStates(db)).toEqual({ delivered: 2, sent: 4 });
  expect(doubles(server.takenBy())).toEqual([]);
});
