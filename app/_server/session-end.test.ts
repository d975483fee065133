import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { withTransaction } from "#db/client";
import { changeRole } from "#db/queries/admins";
import { users } from "#db/schema/index";
import { test } from "../../test/support/database.ts";
import { cookieOf, createPerson, from, openAuth, password, signIn, viewerOf } from "../../test/support/sign-in.ts";
import { changePassword } from "./change-password.ts";
import { findViewer } from "./viewer.ts";

test("a stolen session is worthless after signing out", async ({ database: { db } }) => {
  const { email } = await createPerson(db);
  const stolen = cookieOf(await signIn(db, email));
  expect(await viewerOf(db, stolen)).not.toBeNull();
  const headers = new Headers({ cookie: `__Host-session=${encodeURIComponent(stolen)}` });
  await openAuth(db).auth.api.signOut({ headers });
  expect(await viewerOf(db, stolen)).toBeNull();
});

test("a stolen session and an open link are worthless after a new password", async ({ database: { db } }) => {
  const { email } = await createPerson(db);
  const stolen = cookieOf(await signIn(db, email));
  const viewer = await viewerOf(db, stolen);
  if (!viewer) {
    throw new Error("not signed in");
  }
  const { auth, links } = openAuth(db);
  await auth.api.signInMagicLink({ body: { email }, headers: from("203.0.113.3") });
  const change = { viewer, address: null, userAgent: null, now: new Date(), password: "quite another phrase" };
  await expect(changePassword(db, { ...change, current: "a guess" })).rejects.toMatchObject({ code: "invalid" });
  expect(await viewerOf(db, stolen)).not.toBeNull();

  const token = await changePassword(db, { ...change, current: password });
  expect(await viewerOf(db, stolen)).toBeNull();
  expect(await findViewer(db, token, new Date())).toEqual(viewer);
  const link = auth.api.magicLinkVerify({ query: { token: links[0]?.token ?? "" }, headers: new Headers() });
  await expect(link).rejects.toMatchObject({ statusCode: 302 });
  expect((await signIn(db, email)).status).toBe(401);
  expect((await signIn(db, email, "quite another phrase")).status).toBe(200);
});

test("a stolen session is worthless after a new role", async ({ database: { db } }) => {
  const { email, userId } = await createPerson(db, "staff");
  const stolen = cookieOf(await signIn(db, email));
  await withTransaction(db, (tx) => changeRole(tx, { userId, role: "admin" }));
  expect(await viewerOf(db, stolen)).toBeNull();
});

test.for(["archivedAt", "erasedAt"] as const)(
  "once %s is set, a stolen session, the password and an open link are worthless",
  async (column, { database: { db } }) => {
    const { email, userId } = await createPerson(db);
    const stolen = cookieOf(await signIn(db, email));
    const { auth, links } = openAuth(db);
    await auth.api.signInMagicLink({ body: { email }, headers: from("203.0.113.4") });
    await db
      .update(users)
      .set({ [column]: new Date() })
      .where(eq(users.id, userId));
    expect(await viewerOf(db, stolen)).toBeNull();
    expect((await signIn(db, email)).headers.get("set-cookie")).toBeNull();
    const link = auth.api.magicLinkVerify({ query: { token: links[0]?.token ?? "" }, headers: new Headers() });
    await expect(link).rejects.toMatchObject({ statusCode: 302 });
  },
);

test("a session that has run out is ended for good", async ({ database: { db } }) => {
  const { email } = await createPerson(db, "admin");
  const cookie = cookieOf(await signIn(db, email));
  expect(await viewerOf(db, cookie, new Date(Date.now() + 13 * 3_600_000))).toBeNull();
  expect(await viewerOf(db, cookie)).toBeNull();
});

test("being seen keeps a session alive, but not for ever", async ({ database: { db } }) => {
  const { email } = await createPerson(db, "admin");
  const cookie = cookieOf(await signIn(db, email));
  const afterHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);
  for (let hours = 11; hours < 7 * 24; hours += 11) {
    expect(await viewerOf(db, cookie, afterHours(hours))).not.toBeNull();
  }
  expect(await viewerOf(db, cookie, afterHours(7 * 24))).toBeNull();
});
