import { expect, vi } from "vitest";
import { test } from "../../../../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../../../../test/support/factories.ts";
import { readWhy } from "./read-why.ts";

vi.stubEnv("DATABASE_URL", "postgres://nobody@localhost/nowhere");
vi.stubEnv("AUTH_SECRET", "a secret that is long enough to be taken for one");
vi.stubEnv("APP_URL", "http://localhost:3000");

const clock = clockAt("2026-11-22");

test("a member who would be found but takes no email: the rules are met, and the step says why not", async ({ tx }) => {
  const member = await createMember(tx, { visits: ["2026-10-01"], emailConsent: false });
  const template = await createTemplate(tx, { name: "We miss you" });
  const workflow = await createWorkflow(tx, {
    steps: [
      { id: 1, action: { type: "add_tag", params: { tag: "absent" } } },
      { id: 2, action: { type: "send_email", params: { template_id: template.id } } },
    ],
  });
  const answer = await readWhy(tx, { memberId: member.id, workflowId: workflow.id }, clock);
  expect(answer.verdict).toBe("A sweep would start it today.");
  expect(answer.rules.filter(({ isMet }) => !isMet)).toEqual([]);
  expect(answer.steps).toEqual([
    { id: 1, label: "Add a tag: absent", detail: null, verdict: "Would be done", tone: "good", at: "today, 04:00" },
    {
      ...{ id: 2, label: "Send an email: We miss you", detail: null, at: "today, 04:00" },
      ...{ verdict: "Has not agreed to messages of this kind", tone: "warn" },
    },
  ]);
});

test("a text of a step is told as it is filled in", async ({ tx }) => {
  const member = await createMember(tx, { firstName: "Ada", visits: ["2026-10-01"] });
  const coach = await createMember(tx, { role: "staff", firstName: "Jo" });
  const params = {
    description: "Call {{ member_first_name }}",
    assignee_rule: "specific_staff_id",
    staff_id: coach.id,
  };
  const workflow = await createWorkflow(tx, { steps: [{ id: 1, action: { type: "assign_task_to_staff", params } }] });
  const { steps } = await readWhy(tx, { memberId: member.id, workflowId: workflow.id }, clock);
  expect(steps?.[0]?.label).toMatch(/^Give staff a task: One person/);
  expect(steps?.[0]?.label).not.toContain("{{");
  expect(steps?.[0]?.detail).toContain("Call Ada");
});

test("a frozen member is told by the rule that keeps them out, in words", async ({ tx }) => {
  const member = await createMember(tx, { visits: ["2026-10-01"], status: "frozen" });
  const workflow = await createWorkflow(tx);
  const { rules, tone } = await readWhy(tx, { memberId: member.id, workflowId: workflow.id }, clock);
  expect(tone).toBe("warn");
  expect(rules.filter(({ isMet }) => !isMet)).toEqual([
    { name: "Membership", isMet: false, seen: "Wants an active member; is frozen, joined 1 Jan 2020" },
  ]);
});

test("a workflow that needs attention is not gone through", async ({ tx }) => {
  const [member, workflow] = [await createMember(tx), await createWorkflow(tx, { trigger: { type: "none" } })];
  const { verdict, steps } = await readWhy(tx, { memberId: member.id, workflowId: workflow.id }, clock);
  expect(verdict).toBe("A sweep would not start it before it is put right.");
  expect(steps).toBeNull();
});
