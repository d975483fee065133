import { sql } from "drizzle-orm";
import { expect, onTestFinished, vi } from "vitest";
import { connect } from "#db/client";
import { test } from "../../test/support/database.ts";
import { createPerson, password, signIn } from "../../test/support/sign-in.ts";
import { mayTrySignIn } from "./sign-in-limits.ts";

const start = new Date("2026-11-22T08:00:00Z");
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

/** 1,000 addresses of one /64, each spelled in four ways. */
function addressOf(guess: number): string {
  const host = ((guess % 1000) + 1).toString(16);
  const spellings = [
    `2001:db8:1:2::${host}`,
    `2001:0DB8:0001:0002:0000:0000:0000:${host.padStart(4, "0").toUpperCase()}`,
    `[2001:db8:1:2:0:0:0:${host}]`,
    `2001:db8:1:2::${host}%eth0`,
  ];
  return spellings[guess % spellings.length] ?? "";
}

const emailOf = (email: string, guess: number) =>
  [email, email.toUpperCase(), ` ${email}`, `${email} `][guess % 4] ?? "";

test("of 10,000 guesses at one account 20 at most reach the hash in any quarter of an hour, over two processes", async ({
  database,
}) => {
  vi.stubEnv("LOG_LEVEL", "silent");
  const { email } = await createPerson(database.db);
  const other = connect({ connectionString: database.appUrl, max: 8 });
  onTestFinished(() => other.close());
  const allowedAt: number[] = [];
  // 10,000 over half an hour, in rounds of 250.
  for (let round = 0; round < 40; round++) {
    const minute = (round * 30) / 40;
    const answers = await Promise.all(
      Array.from({ length: 250 }, (_, place) => {
        const guess = round * 250 + place;
        const db = guess % 2 ? database.db : other.db;
        const attempt = { way: "password", email: emailOf(email, guess), address: addressOf(guess) } as const;
        return mayTrySignIn(db, { ...attempt, now: after(minute) });
      }),
    );
    allowedAt.push(...answers.filter(Boolean).map(() => minute));
  }
  const inWindow = allowedAt.map((from) => allowedAt.filter((at) => at >= from && at < from + 15).length);
  expect(Math.max(...inWindow)).toBeLessThanOrEqual(20);
  expect(allowedAt.length).toBeGreaterThan(0);
}, 90_000);

test("refused guesses do not reach the hash, and the right password works once the window is over", async ({
  database: { db },
}) => {
  const { email } = await createPerson(db);
  const { email: neighbour } = await createPerson(db);
  let now = start;
  const tryOnce = async (address: string, typed: string, who = email) =>
    (await signIn(db, who, typed, { address, now: () => now })).status;
  const statuses = [];
  for (let guess = 0; guess < 14; guess++) {
    statuses.push(await tryOnce(addressOf(guess), `guess number ${guess}`));
  }
  expect(statuses).toEqual([...Array(10).fill(401), ...Array(4).fill(429)]);
  expect(await tryOnce("198.51.100.7", password)).toBe(429);
  expect(await tryOnce(addressOf(1), password, neighbour)).toBe(200);
  now = after(14.9);
  expect(await tryOnce("198.51.100.7", password)).toBe(429);
  now = after(15.1);
  expect(await tryOnce("198.51.100.7", password)).toBe(200);
});

test("signing in rightly is not counted, however often", async ({ database: { db } }) => {
  const { email } = await createPerson(db);
  for (let times = 0; times < 12; times++) {
    const response = await signIn(db, email, password, { address: "198.51.100.9", now: () => start });
    expect(response.status).toBe(200);
  }
});

test("trying one password on many accounts ends at the network's limit, and elsewhere nobody notices", async ({
  database: { db },
}) => {
  const answers = [];
  for (let guess = 0; guess < 260; guess++) {
    const attempt = { way: "password", email: `spray${guess}@gym.example`, address: `2001:db8:9:9::${guess}` } as const;
    answers.push(await mayTrySignIn(db, { ...attempt, now: start }));
  }
  expect(answers.filter(Boolean)).toHaveLength(200);
  const { rows } = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from sign_in_attempts where key like 'account:%' and window_started_at = ${start.toISOString()}::timestamptz`);
  expect(rows[0]?.count).toBeLessThan(230);
  const elsewhere = { way: "password", email: "spray259@gym.example", address: "2001:db8:9:a::1" } as const;
  expect(await mayTrySignIn(db, { ...elsewhere, now: start })).toBe(true);
});

test("links are asked for five times at most, and are counted apart from passwords", async ({ database: { db } }) => {
  const attempt = { email: "links@gym.example", address: "198.51.100.20", now: start };
  const answers = [];
  for (let times = 0; times < 8; times++) {
    answers.push(await mayTrySignIn(db, { ...attempt, way: "link" }));
  }
  expect(answers.filter(Boolean)).toHaveLength(5);
  expect(await mayTrySignIn(db, { ...attempt, way: "password" })).toBe(true);
});

test("while the table cannot be reached, each process still limits by itself", async ({ database: { db } }) => {
  vi.stubEnv("DATABASE_URL", "postgres://app@127.0.0.1:1/none");
  vi.stubEnv("APP_URL", "https://app.gym.example");
  vi.stubEnv("AUTH_SECRET", "x".repeat(40));
  vi.stubEnv("LOG_LEVEL", "silent");
  const unreachable = connect({ connectionString: "postgres://app@127.0.0.1:1/none" });
  onTestFinished(() => unreachable.close());
  const attempt = { way: "password", email: "fallback@gym.example", address: "198.51.100.30" } as const;
  const answers = [];
  for (let times = 0; times < 30; times++) {
    answers.push(await mayTrySignIn(unreachable.db, { ...attempt, now: start }));
  }
  expect(answers.filter(Boolean)).toHaveLength(10);
  expect(await mayTrySignIn(unreachable.db, { ...attempt, now: after(16) })).toBe(true);
  expect(await mayTrySignIn(db, { ...attempt, now: start })).toBe(true);
});
