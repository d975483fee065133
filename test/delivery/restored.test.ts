import path from "node:path";
import { sql } from "drizzle-orm";
import { expect, inject, onTestFinished, test } from "vitest";
import { confirmCopy, isUnconfirmedCopy } from "#db/queries/installation";
import { listUnconfirmed, sendAgain } from "#db/queries/unconfirmed";
import { one } from "#lib/rows";
import { deliverDue } from "#messaging/deliver";
import { createResend } from "#messaging/providers/resend";
import { queueSignInMail } from "#messaging/sign-in-mail";
import { administer } from "../support/administer.ts";
import { createMailbox } from "../support/journey.ts";
import { resendKey, startResendServer } from "../support/resend-server.ts";
import { connectAnother, countStates, createOwingGym, deliveryOptions, later, noon } from "./gym.ts";

/** A gym that owes so many messages, and its database as it was restored elsewhere before any of them left. */
async function restore(members: number) {
  const { database, db } = await createOwingGym(members);
  expect(await isUnconfirmedCopy(db)).toBe(false);
  const url = new URL(database.url);
  const copyName = `${url.pathname.slice(1)}_copy`;
  const server = Object.assign(new URL(database.url), { pathname: "/postgres" }).href;
  await administer(server, async (query) => {
    // A template must be in nobody's use.
    await query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${url.pathname.slice(1)}'`);
    await query(`create database ${copyName} template ${url.pathname.slice(1)}`);
  });
  onTestFinished(async () => {
    await administer(server, (query) => query(`drop database ${copyName} with (force)`));
  });
  const copy = connectAnother(Object.assign(new URL(database.url), { pathname: `/${copyName}` }).href);
  return { original: connectAnother(database.url), copy };
}

test("G25: a restored copy sends nothing until an admin says so, and then nothing that was sent already", async () => {
  const { original, copy } = await restore(50);
  const { provider, taken } = createMailbox();
  const options = deliveryOptions(provider);
  await deliverDue(original, () => noon, options);
  expect(taken()).toHaveLength(50);

  const handed: number[] = [];
  const counting = {
    ...provider,
    send: (...[batch, key]: Parameters<typeof provider.send>) => {
      handed.push(batch.length);
      return provider.send(batch, key);
    },
  };
  await deliverDue(copy, () => noon, { ...options, email: counting });
  expect(handed).toEqual([]);
  expect(await countStates(copy)).toEqual({ queued: 50 });

  const letter = {
    email: "admin@example.com",
    name: "Ada",
    url: "https://app.example/link",
    language: "en",
    memberId: null,
  };
  await queueSignInMail(copy, { ...letter, now: noon.now });
  await deliverDue(copy, () => noon, { ...options, email: counting });
  expect(handed).toEqual([1]);

  await confirmCopy(copy, { actorId: null, mayHaveSent: false, now: noon.now });
  await deliverDue(copy, () => noon, { ...options, email: counting });
  expect(handed.reduce((sum, count) => sum + count)).toBe(51);
  expect(await countStates(copy)).toEqual({ sent: 51 });
  // The provider knows them by their keys, which are the same: nobody gets one twice.
  expect(taken()).toHaveLength(51);
});

test("G25: of what the other may have sent nothing goes out by itself, since no provider knows a call that is put together anew", async () => {
  const { original, copy } = await restore(50);
  const witnessFile = path.join(inject("scratchDirectory"), "restored.jsonl");
  const server = await startResendServer({ witnessFile });
  onTestFinished(server.stop);
  const resend = createResend({ apiKey: resendKey, baseUrl: server.url, requestsPerSecond: 1000 });
  const options = deliveryOptions(resend);
  await deliverDue(original, () => noon, options);
  expect(server.taken()).toHaveLength(50);

  await copy.execute(sql`
    update communication_logs set due_at = ${later(noon, 60_000).now}::timestamptz where id = (select max(id) from communication_logs)`);
  const requests = server.requests.length;
  await confirmCopy(copy, { actorId: null, mayHaveSent: true, now: noon.now });
  await deliverDue(copy, () => noon, options);
  expect(server.requests).toHaveLength(requests);
  // What was to leave only later has left nowhere.
  expect(await countStates(copy)).toEqual({ queued: 1, "unconfirmed: unknown_outcome": 49 });

  // It is a person's to decide, and counts for the caps as what may have left.
  const [open] = await listUnconfirmed(copy, { limit: 1 });
  const { rows } = await copy.execute(sql`select count(first_tried_at)::int as tried from communication_logs`);
  expect(one(rows)).toEqual({ tried: 49 });
  await sendAgain(copy, { messageId: open?.id ?? 0, actorId: 0, now: noon.now });
  await deliverDue(copy, () => noon, options);
  expect(server.requests).toHaveLength(requests + 1);
  expect(await countStates(copy)).toEqual({ queued: 1, sent: 1, "unconfirmed: unknown_outcome": 48 });
});
