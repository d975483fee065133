import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { authUsers, users } from "#db/schema/index";
import { test } from "../../test/support/database.ts";
import { createMember } from "../../test/support/factories.ts";
import { openSignIn } from "./sign-in.ts";

const email = "anna@example.ch";

test("whoever was brought in with an address of their own may sign in with it, in whatever letters", async ({ tx }) => {
  const member = await createMember(tx, { email: "Anna@Example.ch", firstName: "Anna", lastName: "Meier" });
  const expected = { userId: member.id, email, role: "member", name: "Anna", hasPassword: false };
  expect(await openSignIn(tx, "ANNA@example.ch")).toMatchObject(expected);
  expect(await openSignIn(tx, email)).toMatchObject(expected);
  expect(await tx.select().from(authUsers)).toMatchObject([{ userId: member.id, email, name: "Anna Meier" }]);
});

test("an address that members share opens nothing, unless one of its owners works here", async ({ tx }) => {
  await createMember(tx, { email });
  await createMember(tx, { email });
  expect(await openSignIn(tx, email)).toBeNull();
  const trainer = await createMember(tx, { email, role: "staff" });
  expect(await openSignIn(tx, email)).toMatchObject({ userId: trainer.id, role: "staff" });
});

test("nobody signs in who is not known, or is gone; whoever has their address now does", async ({ tx }) => {
  expect(await openSignIn(tx, email)).toBeNull();
  const before = await createMember(tx, { email });
  await openSignIn(tx, email);
  await tx.update(users).set({ archivedAt: new Date() }).where(eq(users.id, before.id));
  expect(await openSignIn(tx, email)).toBeNull();
  const now = await createMember(tx, { email });
  expect(await openSignIn(tx, email)).toMatchObject({ userId: now.id });
});

test("a person whose address changed signs in with the new one", async ({ tx }) => {
  const { id } = await createMember(tx, { email });
  await openSignIn(tx, email);
  await tx.update(users).set({ email: "anna@new.example" }).where(eq(users.id, id));
  expect(await openSignIn(tx, "anna@new.example")).toMatchObject({ userId: id });
  expect(await openSignIn(tx, email)).toBeNull();
});

test("an address that another member has now no longer signs in as the one who had it", async ({ tx }) => {
  const { id } = await createMember(tx, { email });
  await openSignIn(tx, email);
  await tx.update(users).set({ email: "anna@new.example" }).where(eq(users.id, id));
  const now = await createMember(tx, { email });
  expect(await openSignIn(tx, email)).toMatchObject({ userId: now.id });
  expect(await openSignIn(tx, "anna@new.example")).toMatchObject({ userId: id });
});
