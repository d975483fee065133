import { expect } from "vitest";
import { test } from "../test/support/database.ts";
import { createTemplate, createWorkflow } from "../test/support/factories.ts";
import { readTemplateNames } from "./template-names.ts";
import { triggers } from "./triggers/index.ts";

const send = (id: number, template_id: number, context = {}) => ({
  id,
  action: { type: "send_email", params: { template_id } },
  context,
});

test("a template that nobody sends is offered what every trigger gives; one that is sent, what its workflows give", async ({
  tx,
}) => {
  const { id } = await createTemplate(tx);
  const without = await readTemplateNames(tx, id);
  const withFacts = triggers.entries.filter(({ facts }) => Object.keys(facts).length > 0);
  expect(without.offered.map(({ from }) => from)).toEqual(["Member and gym", ...withFacts.map(({ label }) => label)]);

  await createWorkflow(tx, { name: "Silence", steps: [send(1, id, { offer: "A week" })], context: { coach: "Rico" } });
  await createWorkflow(tx, { name: "Other", context: { elsewhere: "x" } });
  const { offered, known, samples, senders } = await readTemplateNames(tx, id);
  const trigger = triggers.get("low_engagement");
  expect(offered.map(({ from }) => from)).toEqual(["Member and gym", trigger.label, "Workflow “Silence”"]);
  expect(offered.at(-1)?.placeholders).toEqual([
    { name: "offer", label: "offer", sample: "A week" },
    { name: "coach", label: "coach", sample: "Rico" },
  ]);
  expect(known.has("elsewhere") && known.has("age")).toBe(true);
  expect(samples.coach).toBe("Rico");
  expect(senders).toMatchObject([{ name: "Silence" }]);
  expect(senders[0]?.given.has("elsewhere")).toBe(false);
  expect(senders[0]?.given.has("days_inactive")).toBe(true);
});

test("what a workflow says that cannot be read is passed over", async ({ tx }) => {
  const { id } = await createTemplate(tx);
  await createWorkflow(tx, { steps: [send(1, id), { id: 2 }], isEnabled: false });
  expect((await readTemplateNames(tx, id)).senders).toEqual([]);
});
