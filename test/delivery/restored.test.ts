import { expect, onTestFinished, test } from "vitest";
import { confirmCopy, isUnconfirmedCopy } from "#db/queries/installation";
import { deliverDue } from "#messaging/deliver";
import { queueSignInMail } from "#messaging/sign-in-mail";
import { administer } from "../support/administer.ts";
import { createMailbox } from "../support/journey.ts";
import { connectAnother, countStates, createOwingGym, deliveryOptions, noon } from "./gym.ts";

test("G25: a restored copy sends nothing until an admin says so, and then nothing that was sent already", async () => {
  const { database, db } = await createOwingGym(50);
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

  const { provider, taken } = createMailbox();
  const options = deliveryOptions(provider);
  const original = connectAnother(database.url);
  await deliverDue(original, () => noon, options);
  expect(taken()).toHaveLength(50);

  const copy = connectAnother(Object.assign(new URL(database.url), { pathname: `/${copyName}` }).href);
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

  await confirmCopy(copy, null);
  await deliverDue(copy, () => noon, { ...options, email: counting });
  expect(handed.reduce((sum, count) => sum + count)).toBe(51);
  expect(await countStates(copy)).toEqual({ sent: 51 });
  // The provider knows them by their keys, which are the same: nobody gets one twice.
  expect(taken()).toHaveLength(51);
});
