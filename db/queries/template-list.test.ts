import { expect } from "vitest";
import { archive } from "../../test/support/config-files.ts";
import { test } from "../../test/support/database.ts";
import { branchStep, createMember, createTemplate, createWorkflow } from "../../test/support/factories.ts";
import type { Tx } from "../client.ts";
import { listTemplates, type TemplateFilter } from "./template-list.ts";

const send = (id: number, template_id: unknown) => ({ id, action: { type: "send_email", params: { template_id } } });
const tagged = { type: "has_tag", params: { tag: "x" } };

const list = async (tx: Tx, filter: TemplateFilter = {}) =>
  (await listTemplates(tx, { ...filter, limit: 100 })).map(({ name }) => name);

test("each template names the workflows that send it once, those that are on first", async ({ tx }) => {
  const { id } = await createTemplate(tx, { name: "Hello" });
  await createTemplate(tx, { name: "Unused" });
  const deep = branchStep(1, tagged, [send(2, id)], [branchStep(3, tagged, [send(4, id)])]);
  const off = await createWorkflow(tx, { name: "A", steps: [send(1, id)], isEnabled: false });
  const on = await createWorkflow(tx, { name: "B", steps: [deep, send(5, id)] });
  await createWorkflow(tx, { name: "Odd", steps: [send(1, `${id}`)], isEnabled: false });
  await archive(tx, await createWorkflow(tx, { name: "Gone", steps: [send(1, id)], isEnabled: false }));
  expect(await listTemplates(tx, { limit: 100 })).toMatchObject([
    {
      name: "Hello",
      uses: [
        { id: on.id, name: "B", isEnabled: true },
        { id: off.id, name: "A", isEnabled: false },
      ],
    },
    { name: "Unused", uses: [] },
  ]);
  expect(await list(tx, { isUsed: true })).toEqual(["Hello"]);
  expect(await list(tx, { isUsed: false })).toEqual(["Unused"]);
});

test("templates are found by what they are called and begin with, as it is typed", async ({ tx }) => {
  await createTemplate(tx, { name: "Welcome", subject: "Which day suits you?", title: "x" });
  await createTemplate(tx, { name: "Offer 100%_off", subject: null, title: "A week for you" });
  expect(await list(tx, { search: "wEL" })).toEqual(["Welcome"]);
  expect(await list(tx, { search: "suits" })).toEqual(["Welcome"]);
  expect(await list(tx, { search: "a week" })).toEqual(["Offer 100%_off"]);
  expect(await list(tx, { search: "%" })).toEqual(["Offer 100%_off"]);
  expect(await list(tx, { search: "_" })).toEqual(["Offer 100%_off"]);
  expect(await list(tx, { search: "'; drop" })).toEqual([]);
});

test("templates are told apart by channel, by the languages they lack and by whether they are archived", async ({
  tx,
}) => {
  const admin = await createMember(tx, { role: "admin", firstName: "Rico", lastName: "Frei" });
  await createTemplate(tx, { name: "English", updatedBy: admin.id });
  await createTemplate(tx, { name: "Both", translations: { de: { body_text: "Hallo" } } });
  await createTemplate(tx, { name: "German", language: "de", channel: "sms" });
  await createTemplate(tx, { name: "Old", archivedAt: new Date("2026-11-01T00:00:00Z") });
  expect(await list(tx, { lacks: "de" })).toEqual(["English"]);
  expect(await list(tx, { lacks: "en" })).toEqual(["German"]);
  expect(await list(tx, { channel: "sms" })).toEqual(["German"]);
  expect(await list(tx, { isArchived: true })).toEqual(["Old"]);
  expect(await list(tx)).toEqual(["Both", "English", "German"]);
  expect(await listTemplates(tx, { limit: 100, search: "English" })).toMatchObject([{ editor: "Rico Frei" }]);
  expect(await listTemplates(tx, { limit: 2 })).toHaveLength(2);
});
