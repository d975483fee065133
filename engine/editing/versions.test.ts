import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { test } from "../../test/support/database.ts";
import { createMember, createTemplate, createWorkflow } from "../../test/support/factories.ts";
import { clock, tagStep } from "../../test/support/refusal.ts";
import { saveWorkflow } from "../save-workflow.ts";
import { readEditable } from "./editable.ts";
import { listVersions } from "./versions.ts";

test("versions say who published what when, and who still goes by them", async ({ tx }) => {
  const rico = await createMember(tx, { role: "admin", firstName: "Rico", lastName: "Frei" });
  const template = await createTemplate(tx, { name: "Absence" });
  const { id } = await createWorkflow(tx, { name: "Win back", isEnabled: false });
  const member = await createMember(tx);
  await tx.execute(sql`
    insert into workflow_runs (workflow_id, version_id, member_id, step_id, started_on, started_at, status)
    select id, live_version_id, ${member.id}, 1, '2026-11-22', now(), 'held' from automation_workflows where id = ${id}`);
  const trigger = { type: "birthday", params: {} };
  const mail = { id: 7, action: { type: "send_email", params: { template_id: template.id } } };
  const base = { id, name: "Win back", trigger, context: { id: 9_999 }, exitWhen: [], actorId: rico.id };
  await saveWorkflow(tx, { ...base, steps: [{ ...tagStep(1), context: { id: 9_999 } }, mail] }, clock);
  await saveWorkflow(tx, { ...base, steps: [tagStep(1)] }, clock);

  expect(await listVersions(tx, id)).toMatchObject([
    {
      number: 3,
      publishedBy: "Rico Frei",
      isLive: true,
      runs: 0,
      changes: [{ kind: "changed" }, { words: "Send an email: Absence" }],
    },
    {
      number: 2,
      isLive: false,
      changes: [{ of: "trigger" }, { of: "step" }, { of: "step", kind: "added" }, { of: "context" }],
    },
    { number: 1, publishedBy: null, runs: 1, changes: [] },
  ]);
  // The id of a step that is gone is not given again: what it did is told by it.
  expect(await readEditable(tx, id)).toMatchObject({ lastStepId: 7, version: 3 });
});

test("what was stored too deep for any reader opens without that part", async ({ tx }) => {
  const { id } = await createWorkflow(tx, { isEnabled: false });
  await tx.execute(
    sql`update automation_workflows set steps = (repeat('[', 3000) || repeat(']', 3000))::jsonb where id = ${id}`,
  );
  const { draft, live, problems } = await readEditable(tx, id);
  expect([draft.steps, live?.steps]).toEqual([[], []]);
  expect(problems).toEqual([{ path: "steps", message: "A workflow needs at least one step" }]);
});
