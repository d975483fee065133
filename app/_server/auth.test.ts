import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Db } from "#db/client";
import { queueSignInMail } from "#messaging/sign-in-mail";
import { test } from "../../test/support/database.ts";
import { clockAt } from "../../test/support/factories.ts";
import { createMailbox, deliver } from "../../test/support/journey.ts";
import { nastyNames } from "../../test/support/nasty-values.ts";
import { cookieOf, createPerson, from, openAuth, password, signIn, viewerOf } from "../../test/support/sign-in.ts";
import { createSignIn } from "./create-sign-in.ts";
import { signInLinkUrl } from "./sign-in-link.ts";

test("who signs in is who the role in users says, in their language", async ({ database: { db } }) => {
  const { email, userId } = await createPerson(db, "staff");
  await db.execute(sql`update users set language = 'fr' where id = ${userId}`);
  const response = await signIn(db, email.toUpperCase());
  const viewer = { userId, role: "staff", name: "Mara Moser", email, language: "fr" };
  expect(await viewerOf(db, cookieOf(response))).toEqual(viewer);
});

test("the cookie is bound to the host and to TLS and out of reach of scripts", async ({ database: { db } }) => {
  const { email } = await createPerson(db);
  const cookie = (await signIn(db, email)).headers.get("set-cookie") ?? "";
  expect(cookie).toMatch(/^__Host-session=/);
  for (const attribute of ["Path=/", "HttpOnly", "Secure", "SameSite=Lax"]) {
    expect(cookie.split("; ")).toContain(attribute);
  }
  expect(cookie).not.toMatch(/Domain/);
});

test("each sign-in has a token of its own, of 128 bits and more", async ({ database: { db } }) => {
  const { email } = await createPerson(db);
  const cookies = [await signIn(db, email), await signIn(db, email)].map(cookieOf);
  expect(new Set(cookies).size).toBe(2);
  // Letters and digits: 22 of them are 131 bits.
  expect(cookies.map((cookie) => cookie.split(".")[0]?.length)).toEqual([32, 32]);
});

test("what a copy of the database holds opens nothing, once the mail has left", async ({ database: { db } }) => {
  const { email } = await createPerson(db);
  const cookie = cookieOf(await signIn(db, email));
  const { auth, links } = openAuth(db);
  await auth.api.signInMagicLink({ body: { email }, headers: from("203.0.113.2") });
  const token = links[0]?.token ?? "";
  const url = signInLinkUrl("https://app.gym.example", token);
  const clock = clockAt("2026-11-22");
  await queueSignInMail(db, { email, name: "", url, language: "en", memberId: null, now: clock.now });

  // The window that is left: a link on its way, for the minutes that it works.
  expect(await tablesHolding(db, token)).toEqual(["message_bodies"]);
  const mailbox = createMailbox();
  await deliver(db, clock, mailbox.provider);
  expect(mailbox.taken()).toMatchObject([{ to: email, text: expect.stringContaining(token) }]);

  expect(await tablesHolding(db, email)).toContain("communication_logs");
  for (const secret of [cookie, token, password]) {
    expect(await tablesHolding(db, secret)).toEqual([]);
  }
  const { rows } = await db.execute<{ token: string }>(sql`select token from auth_sessions`);
  for (const { token } of rows) {
    for (const forged of [token, `${token}.`, `${token}.${btoa("x".repeat(32))}`]) {
      expect(await viewerOf(db, forged)).toBeNull();
    }
  }
  expect(await viewerOf(db, cookie)).not.toBeNull();
});

async function tablesHolding(db: Db, text: string): Promise<string[]> {
  const { rows } = await db.execute<{ name: string }>(sql`
    select tablename as name from pg_tables where schemaname = 'public'
      and strpos(query_to_xml(format('select * from %I', tablename), true, false, '')::text, ${text}) > 0`);
  return rows.map(({ name }) => name);
}

test("a wrong password and an unknown address get the same answer", async ({ database: { db } }) => {
  const { email } = await createPerson(db);
  const answers = await Promise.all(
    [signIn(db, email, "a wrong password"), signIn(db, "nobody@gym.example", "a wrong password")].map(
      async (response) => ({ status: (await response).status, body: await (await response).text() }),
    ),
  );
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]?.status).toBe(401);
});

test.for([...nastyNames, "' or 1=1 --", "admin'--"])(
  "%j instead of an address is an ordinary failure",
  async (nasty, { database: { db } }) => {
    const response = await signIn(db, nasty, nasty);
    expect([400, 401, 429]).toContain(response.status);
    expect(await response.text()).not.toMatch(/select|insert|auth_users|syntax/i);
  },
);

test("an address of 100,000 characters is an ordinary failure", async ({ database: { db } }) => {
  const response = await signIn(db, `${"x".repeat(100_000)}@gym.example`);
  expect([400, 401]).toContain(response.status);
});

test("a password of a megabyte, or a byte too long, fails like any other", async ({ database: { db } }) => {
  const { email } = await createPerson(db);
  expect((await signIn(db, email, "x".repeat(1024 * 1024))).status).toBe(401);
  expect((await signIn(db, email, "é".repeat(513))).status).toBe(401);
});

test("a password of 1,024 bytes signs in, and its first 1,023 do not", async ({ database: { db } }) => {
  const { email, userId } = await createPerson(db);
  const long = ` ${"🏋".repeat(255)}abc`;
  await createSignIn(db, { userId, email, name: "Mara", password: long });
  expect(Buffer.byteLength(long)).toBe(1024);
  expect((await signIn(db, email, long)).status).toBe(200);
  expect((await signIn(db, email, long.slice(0, -1))).status).toBe(401);
  expect((await signIn(db, email, long.trim())).status).toBe(401);
});

test("nobody signs up", async ({ database: { db } }) => {
  const { auth, links } = openAuth(db);
  const body = { email: "new@gym.example", password, name: "New" };
  const response = await auth.api.signUpEmail({ body, asResponse: true });
  expect(response.ok).toBe(false);
  await auth.api.signInMagicLink({ body: { email: "new@gym.example" }, headers: from("203.0.113.2") });
  const link = auth.api.magicLinkVerify({ query: { token: links[0]?.token ?? "" }, headers: new Headers() });
  await expect(link).rejects.toMatchObject({ statusCode: 302 });
  const { rows } = await db.execute(sql`select from auth_users where email = 'new@gym.example'`);
  expect(rows).toEqual([]);
});

test("a link signs in once, and keeps the password", async ({ database: { db } }) => {
  const { email } = await createPerson(db);
  const { auth, links } = openAuth(db);
  await auth.api.signInMagicLink({ body: { email }, headers: from("203.0.113.2") });
  const query = { token: links[0]?.token ?? "" };
  const uses = await Promise.allSettled(
    Array.from({ length: 8 }, () => auth.api.magicLinkVerify({ query, headers: new Headers() })),
  );
  expect(uses.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect((await signIn(db, email)).status).toBe(200);
});

test("a link is worthless after a quarter of an hour", async ({ database: { db } }) => {
  const { email } = await createPerson(db);
  const { auth, links } = openAuth(db);
  await auth.api.signInMagicLink({ body: { email }, headers: from("203.0.113.2") });
  const { rows } = await db.execute<{ minutes: number }>(sql`
    select round(extract(epoch from expires_at - now()) / 60)::int as minutes from auth_verifications
    order by id desc limit 1`);
  expect(rows[0]?.minutes).toBe(15);
  await db.execute(sql`update auth_verifications set expires_at = now() - interval '1 second'`);
  const link = auth.api.magicLinkVerify({ query: { token: links[0]?.token ?? "" }, headers: new Headers() });
  await expect(link).rejects.toMatchObject({ statusCode: 302 });
});
