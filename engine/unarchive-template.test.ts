import { expect } from "vitest";
import { auditEvents, communicationTemplates } from "#db/schema/index";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createTemplate } from "../test/support/factories.ts";
import { archiveTemplate } from "./archive-template.ts";
import { unarchiveTemplate } from "./unarchive-template.ts";

const clock = clockAt("2026-11-22");

test("an archived template comes back, however often it is asked for", async ({ tx }) => {
  const admin = await createMember(tx, { role: "admin" });
  const { id: templateId } = await createTemplate(tx, { name: "Hello" });
  await archiveTemplate(tx, { templateId, actorId: admin.id }, clock);
  await unarchiveTemplate(tx, { templateId, actorId: admin.id }, clock);
  await unarchiveTemplate(tx, { templateId, actorId: admin.id }, clock);
  expect(await tx.select().from(communicationTemplates)).toMatchObject([{ archivedAt: null, updatedBy: admin.id }]);
  expect((await tx.select().from(auditEvents)).map(({ action }) => action)).toEqual([
    "template.archived",
    "template.unarchived",
  ]);
});

test("a template whose name was given away says so instead of coming back", async ({ tx }) => {
  const { id: templateId } = await createTemplate(tx, { name: "Hello", archivedAt: clock.now });
  await createTemplate(tx, { name: "Hello" });
  await expect(unarchiveTemplate(tx, { templateId, actorId: null }, clock)).rejects.toMatchObject({ code: "conflict" });
});

test("what never was does not come back", async ({ tx }) => {
  await expect(unarchiveTemplate(tx, { templateId: 999, actorId: null }, clock)).rejects.toMatchObject({
    code: "not_found",
  });
});
