import path from "node:path";
import { sql } from "drizzle-orm";
import { expect, inject, onTestFinished } from "vitest";
import type { Db } from "#db/client";
import { communicationLogs, messageEvents } from "#db/schema/index";
import type { Clock } from "#lib/clock";
import { test } from "../test/support/database.ts";
import { outgoing } from "../test/support/outgoing.ts";
import { resendKey, startResendServer } from "../test/support/resend-server.ts";
import { bounce, createSent, type Message, statusOf, suppressed, tell } from "../test/support/told.ts";
import { applyAllParked } from "./events/parked-events.ts";
import { awaitTurn, takeIdleTurn } from "./provider-account.ts";
import { createOutbox } from "./providers/outbox.ts";
import { createResend } from "./providers/resend.ts";
import { reconcileNightly } from "./reconcile.ts";

/** 02:30 in Zurich. */
const night: Clock = { now: new Date("2026-11-23T01:30:00Z"), today: "2026-11-23", timeZone: "Europe/Zurich" };
const nextNight: Clock = { ...night, now: new Date("2026-11-24T01:30:00Z"), today: "2026-11-24" };
const evening = new Date("2026-11-22T17:00:00Z");
const later = (from: Date, seconds: number) => new Date(from.getTime() + seconds * 1_000);

let files = 0;

async function startResend() {
  const witnessFile = path.join(inject("scratchDirectory"), `reconcile-${++files}.jsonl`);
  let now = evening;
  const server = await startResendServer({ witnessFile, now: () => now });
  onTestFinished(server.stop);
  const provider = createResend({ apiKey: resendKey, baseUrl: server.url, requestsPerSecond: 1_000 });

  /** An email that Resend took then, and of which it has told us nothing. */
  async function createTaken(db: Db, at: Date, lastEvent = "sent"): Promise<Message> {
    now = later(at, 3);
    const message = await createSent(db, { sentAt: at, firstTriedAt: at, provider: "resend" });
    takeAs(message.providerMessageId ?? "", message.id, message.recipient ?? "");
    server.history.happen(message.id, lastEvent);
    return message;
  }
  /** That many that were delivered, a minute apart, and we were told. */
  async function createSettled(db: Db, from: Date, count: number) {
    await db.execute(sql`
      insert into communication_logs (channel, class, status, recipient, queued_at, first_tried_at, sent_at, provider, provider_message_id)
      select 'email', 'marketing', 'delivered', 'a@example.com', at, at, at, 'resend', 'settled-' || n
      from generate_series(0, ${count - 1}::int) n, lateral (select ${from.toISOString()}::timestamptz + n * interval '1 minute' as at) t`);
    for (let place = 0; place < count; place++) {
      now = later(from, place * 60 + 3);
      takeAs(`settled-${place}`, 1_000_000 + place, "a@example.com");
    }
  }
  const takeAs = (id: string, messageId: number, to: string) => {
    const { fromAddress: from, subject, html, text, headers } = outgoing(messageId);
    const tags = [{ name: "message_id", value: String(messageId) }];
    server.history.add(id, { from, to: [to], subject, html, text, headers, tags });
  };
  return { server, provider, createTaken, createSettled };
}

/** What Resend says last, and what follows from it. */
const fates = [
  ["delivered", "delivered"],
  ["opened", "opened"],
  ["clicked", "clicked"],
  ["bounced", "bounced"],
  ["complained", "complained"],
  ["failed", "failed"],
  ["suppressed", "failed"],
  ["delivery_delayed", "sent"],
  ["sent", "sent"],
] as const;

test("P54: when a night's webhooks are lost, all states equal the truth after it, once and for all", async ({ tx }) => {
  const { server, provider, createTaken } = await startResend();
  const sent: Message[] = [];
  for (let place = 0; place < 126; place++) {
    sent.push(await createTaken(tx, later(evening, place * 40), fates[place % fates.length]?.[0]));
  }
  // Of those that were told of, and of those told of late, Resend's word changes nothing.
  const [told, late] = [sent[0] as Message, sent[3] as Message];
  await tell(tx, "delivered", told, { at: 60 });

  expect(await reconcileNightly(tx, provider, night)).toBe(126 - 14 - 1);
  await applyAllParked(tx, { now: later(night.now, 61) });
  const expected = sent.map(({ id }, place) => [id, fates[place % fates.length]?.[1]]);
  const states = async () => {
    const rows = await tx.select().from(communicationLogs).orderBy(communicationLogs.id);
    return rows.map(({ id, status }) => [id, status]);
  };
  expect(await states()).toEqual(expected);
  expect(await suppressed(tx)).toHaveLength(28);
  expect(server.requests).toHaveLength(2);

  const events = () => tx.$count(messageEvents);
  const before = await events();
  await tell(tx, "bounced", late, { at: 90, data: bounce("Permanent") });
  expect(await reconcileNightly(tx, provider, nextNight)).toBe(0);
  expect(await states()).toEqual(expected);
  expect(await events()).toBe(before + 1);
});

test("P54: it asks about neither the newest nor the oldest, and reads those parts of the list that are worth it", async ({
  tx,
}) => {
  const { server, provider, createTaken, createSettled } = await startResend();
  const days = (count: number) => later(night.now, -count * 86_400);
  const tooOld = await createTaken(tx, days(7.1), "delivered");
  const old = await createTaken(tx, days(6.9), "delivered");
  // Hundreds of emails of which everything is known lie between the two.
  await createSettled(tx, days(5), 400);
  const recent = await createTaken(tx, later(night.now, -4 * 3_600), "delivered");
  const tooNew = await createTaken(tx, later(night.now, -2 * 3_600), "delivered");
  await reconcileNightly(tx, provider, night);
  // What is too old lies on a page that is read anyway.
  for (const message of [tooOld, old, recent]) {
    expect(await statusOf(tx, message)).toMatchObject({ status: "delivered" });
  }
  expect(await statusOf(tx, tooNew)).toMatchObject({ status: "sent" });
  expect(server.requests).toHaveLength(2);
});

test("P54: a bounce that was told to be a soft one is not taken for a hard one, for the list does not say", async ({
  tx,
}) => {
  const { server, provider, createTaken } = await startResend();
  const [soft, other] = [await createTaken(tx, evening, "bounced"), await createTaken(tx, later(evening, 60), "sent")];
  await tell(tx, "bounced", soft, { data: bounce("Transient") });
  expect(await reconcileNightly(tx, provider, night)).toBe(0);
  expect(await statusOf(tx, soft)).toMatchObject({ status: "sent" });
  expect(await statusOf(tx, other)).toMatchObject({ status: "sent" });
  expect(await suppressed(tx)).toEqual([]);
  expect(server.requests).toHaveLength(1);
});

test("P54: sending goes first: a turn that somebody waits for is not taken, nor one of a paused account", async ({
  tx,
}) => {
  const { provider } = await startResend();
  const slow = { ...provider, requestsPerSecond: 0.01 };
  expect(await takeIdleTurn(tx, provider, night)).toBe(true);
  await tx.execute(sql`update provider_accounts set next_request_at = null`);
  await awaitTurn(tx, slow);
  expect(await takeIdleTurn(tx, provider, night)).toBe(false);
  await tx.execute(sql`
    update provider_accounts set next_request_at = null, paused_until = ${later(night.now, 60).toISOString()}`);
  expect(await takeIdleTurn(tx, provider, night)).toBe(false);
  expect(await takeIdleTurn(tx, provider, { now: later(night.now, 60) })).toBe(true);
});

test("P54: a list that cannot be read now and then is read all the same; one that never can be ends the night", async ({
  tx,
}) => {
  const { server, provider, createTaken } = await startResend();
  const message = await createTaken(tx, evening, "delivered");
  server.refuse({ status: 500, name: "internal_server_error", message: "Something broke" });
  await expect(reconcileNightly(tx, provider, night, { lookAgainMs: 1 })).rejects.toThrow("Something broke");
  let failures = 4;
  const flaky = {
    ...provider,
    listTaken: (...given: Parameters<NonNullable<typeof provider.listTaken>>) =>
      failures-- > 0 ? Promise.reject(new Error("Resend: too fast")) : provider.listTaken?.(...given),
  } as typeof provider;
  server.refuse(null);
  expect(await reconcileNightly(tx, flaky, nextNight, { lookAgainMs: 1 })).toBe(1);
  expect(await statusOf(tx, message)).toMatchObject({ status: "delivered" });
});

test("P54: it is due once a night, after two o'clock, for one worker, and where the provider can be asked", async ({
  database: { db },
}) => {
  const { server, provider, createTaken } = await startResend();
  const early = { ...night, now: new Date("2026-11-23T00:59:59Z") };
  expect(await reconcileNightly(db, createOutbox(), night)).toBeNull();
  expect(await reconcileNightly(db, provider, early)).toBeNull();
  // With nothing open nothing is asked.
  const all = await Promise.all([1, 2, 3].map(() => reconcileNightly(db, provider, night)));
  expect(all.toSorted()).toEqual([0, null, null]);
  expect(server.requests).toEqual([]);
  const message = await createTaken(db, evening, "delivered");
  expect(await reconcileNightly(db, provider, night)).toBeNull();
  expect(await reconcileNightly(db, provider, nextNight)).toBe(1);
  expect(await statusOf(db, message)).toMatchObject({ status: "delivered" });
});
