import { expect } from "vitest";
import { consentEvents, users } from "#db/schema/index";
import { test } from "../../test/support/database.ts";
import { createMember } from "../../test/support/factories.ts";
import { unsubscribe } from "./unsubscribe.ts";

test("a member who unsubscribes twice has said no once", async ({ tx }) => {
  const member = await createMember(tx);
  await unsubscribe(tx, member.id, "one_click");
  await unsubscribe(tx, member.id, "unsubscribe_page");
  expect(await tx.select().from(consentEvents).orderBy(consentEvents.id)).toMatchObject([
    { isGranted: true },
    { memberId: member.id, channel: "email", class: "marketing", isGranted: false, source: "one_click" },
  ]);
});

test("the link of a member who was erased, or never was, does nothing", async ({ tx }) => {
  const member = await createMember(tx, { emailConsent: null });
  await tx.update(users).set({ erasedAt: new Date() });
  await unsubscribe(tx, member.id, "one_click");
  await unsubscribe(tx, 999_999, "one_click");
  expect(await tx.select().from(consentEvents)).toEqual([]);
});
