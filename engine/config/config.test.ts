import { eq, isNull, sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Db } from "#db/client";
import {
  automationWorkflows,
  baselines,
  communicationTemplates,
  requests,
  templateVersions,
  workflowVersions,
} from "#db/schema/index";
import { templateRules as rules } from "#messaging/template-rules";
import { loadStarters } from "#scripts/load-starters";
import { archive, fileOf, importFile, template, workflow } from "../../test/support/config-files.ts";
import { createTestDatabase, test } from "../../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../../test/support/factories.ts";
import { exportConfig } from "./export-config.ts";
import { importConfig } from "./import-config.ts";
import { parseConfig } from "./parse-config.ts";

const clock = clockAt("2026-11-22");
const bytes = (text: string) => new TextEncoder().encode(text);
const exported = async (db: Db) => (await exportConfig(db, rules)).text;
const liveWorkflows = (db: Db) => db.select().from(automationWorkflows).where(isNull(automationWorkflows.archivedAt));

test("what one gym exports another imports and exports again, byte for byte", async ({ tx }) => {
  await loadStarters(tx, clock);
  const coach = await createMember(tx, { role: "staff", email: "Coach@Gym.example" });
  const sms = await createTemplate(tx, { channel: "sms", name: "Ünïcode 🏋", bodyText: "a\r\n\tb “c” \u2028" });
  await createWorkflow(tx, {
    name: "Ours",
    context: { offer: "10 %", n: 1.5 },
    steps: [
      { id: 7, wait: { minutes: 5 } },
      {
        id: 3,
        branch: {
          if: { not: { all: [{ type: "has_tag", params: { tag: "x" } }] } },
          then: [{ id: 1, action: { type: "send_sms", params: { template_id: sms.id } }, context: { "a.b": null } }],
          else: [
            {
              id: 2,
              action: {
                type: "assign_task_to_staff",
                params: { assignee_rule: "specific_staff_id", staff_id: coach.id },
              },
            },
          ],
        },
      },
    ],
  });
  await archive(tx, await createWorkflow(tx, { name: "Ours, long ago", isEnabled: false }));
  await createTemplate(tx, { name: "Archived", archivedAt: clock.now });
  const translations = { de: { preview_text: "Gleich hier" } };
  await createTemplate(tx, { name: "With a preview text", previewText: "Right here", translations });
  const first = await exportConfig(tx, rules);
  expect(first.needsAttention).toEqual([]);
  expect(first.text).toContain('"staff_id": "coach@gym.example"');
  expect(first.text).toMatch(/"preview_text": "Right here".*"preview_text": "Gleich hier"/s);
  expect(first.text).not.toMatch(/Archived|long ago/);

  const twin = await createTestDatabase();
  // Ids there are others, and names that only archived rows have are free.
  for (const name of ["Archived", "Ünïcode 🏋", "Absence: email"]) {
    await createTemplate(twin.db, { name, archivedAt: clock.now });
  }
  await createMember(twin.db, { role: "admin", email: "coach@gym.example" });
  const imported = await importConfig(twin.db, parseConfig(bytes(first.text)), { rules }, clock);
  expect(imported).toMatchObject({
    templates: { created: first.templates, updated: 0, unchanged: 0 },
    workflows: { created: first.workflows, updated: 0, unchanged: 0, switchedOn: 1, switchedOff: 0 },
    ...{ problems: [], warnings: [] },
  });
  expect(await exported(twin.db)).toBe(first.text);

  const versions = async () => [
    await twin.db.$count(templateVersions),
    await twin.db.$count(workflowVersions),
    await twin.db.$count(sql`audit_events`),
  ];
  const before = await versions();
  const again = await importConfig(twin.db, parseConfig(bytes(first.text)), { rules }, clock);
  expect(again).toMatchObject({
    templates: { created: 0, updated: 0, unchanged: first.templates },
    workflows: { created: 0, updated: 0, unchanged: first.workflows, switchedOn: 0, switchedOff: 0 },
  });
  expect(await versions()).toEqual(before);
  await twin.drop();
});

test("what cannot be moved is exported without it, and named", async ({ tx }) => {
  const gone = await createTemplate(tx, { archivedAt: clock.now });
  const one = await createMember(tx, { role: "staff", email: "both@gym.example" });
  await createMember(tx, { role: "staff", email: "both@gym.example" });
  await createWorkflow(tx, {
    name: "Broken",
    steps: [
      { id: 1, action: { type: "send_email", params: { template_id: gone.id } } },
      {
        id: 2,
        action: { type: "assign_task_to_staff", params: { assignee_rule: "specific_staff_id", staff_id: one.id } },
      },
    ],
  });
  await createWorkflow(tx, { name: "Unreadable", trigger: { type: "of_tomorrow" } });
  const { text, needsAttention } = await exportConfig(tx, rules);
  expect(needsAttention).toEqual([
    {
      path: "workflows.0.steps.0.action.params.template_id",
      message: `"Broken" sends template ${gone.id}, which is archived or gone`,
    },
    {
      path: "workflows.0.steps.1.action.params.staff_id",
      message: `"Broken" names staff member ${one.id}, who has no address of their own to be found by`,
    },
    { path: "workflows.1.trigger.type", message: expect.stringMatching(/known: /i) },
  ]);
  expect(JSON.parse(text).workflows[0].steps[0].action.params).toEqual({ template_id: null });
});

test("a second file changes what has the same name, templates by channel", async ({ tx }) => {
  await importFile(
    tx,
    fileOf([template({ id: 1 }), template({ id: 2, channel: "in_app" })], [workflow({ template: 1 })]),
  );
  const [before] = await liveWorkflows(tx);
  const changed = fileOf(
    // The ids have changed places: they mean nothing beyond their file.
    [template({ id: 2, subject: "Better" }), template({ id: 1, channel: "in_app" })],
    [{ ...workflow({ template: 2 }), cooldown_period_days: 99 }],
  );
  expect(await importFile(tx, changed)).toMatchObject({
    templates: { created: 0, updated: 1, unchanged: 1 },
    workflows: { created: 0, updated: 1, unchanged: 0 },
  });
  const [after] = await liveWorkflows(tx);
  expect(after).toEqual({ ...before, cooldownPeriodDays: 99, revision: 2, updatedAt: clock.now });
  const stored = await tx.select().from(communicationTemplates).where(eq(communicationTemplates.channel, "email"));
  expect(stored).toMatchObject([{ subject: "Better", revision: 2, placeholders: ["member_first_name"] }]);
});

test("what a file switches on starts from now on; with --include-current for those who match, too", async ({ tx }) => {
  const member = await createMember(tx);
  const file = fileOf([template()], [{ ...workflow(), is_enabled: true }]);
  expect(await importFile(tx, file)).toMatchObject({ workflows: { created: 1, switchedOn: 1 } });
  expect(await tx.select({ memberId: baselines.memberId }).from(baselines)).toEqual([{ memberId: member.id }]);
  expect(await tx.select().from(requests)).toEqual([]);

  await importFile(tx, fileOf([], [{ ...workflow(), name: "Other", ...tagging, is_enabled: true }]), {
    includeCurrent: true,
  });
  expect(await tx.$count(baselines)).toBe(1);
  expect(await tx.$count(requests)).toBe(1);
});

const tagging = { steps: [{ id: 1, action: { type: "add_tag", params: { tag: "x" } } }] };

test("what is on stays on; a new trigger leaves out who matches it now; off in the file is off, not said is as it was", async ({
  tx,
}) => {
  const member = await createMember(tx, { joinDate: "2026-11-01" });
  const entry = { ...workflow(), ...tagging, is_enabled: true };
  await importFile(tx, fileOf([], [entry]));
  expect(await tx.$count(baselines)).toBe(0);
  const [before] = await liveWorkflows(tx);

  const sooner = { ...entry, trigger: { type: "low_engagement", params: { inactive_days: 14 } } };
  expect(await importFile(tx, fileOf([], [sooner]))).toMatchObject({ workflows: { updated: 1, switchedOn: 0 } });
  expect(await tx.select({ memberId: baselines.memberId }).from(baselines)).toEqual([{ memberId: member.id }]);
  const [after] = await liveWorkflows(tx);
  expect(after).toMatchObject({ isEnabled: true, enabledAt: before?.enabledAt });

  const { is_enabled: _, ...silent } = sooner;
  await importFile(tx, fileOf([], [silent]));
  expect(await liveWorkflows(tx)).toMatchObject([{ isEnabled: true }]);

  expect(await importFile(tx, fileOf([], [{ ...sooner, is_enabled: false }]))).toMatchObject({
    workflows: { unchanged: 1, switchedOff: 1 },
  });
  expect(await liveWorkflows(tx)).toMatchObject([{ isEnabled: false }]);
});

test("a dry run counts what would happen, and nothing happens", async ({ database }) => {
  const { db } = database;
  const file = fileOf([template()], [{ ...workflow(), is_enabled: true }]);
  const dry = await importFile(db, file, { isDryRun: true, includeCurrent: true });
  expect(dry).toMatchObject({ templates: { created: 1 }, workflows: { created: 1, switchedOn: 1 }, problems: [] });
  for (const table of [communicationTemplates, automationWorkflows, requests, sql`audit_events`]) {
    expect(await db.$count(table)).toBe(0);
  }
});

test("a name that one workflow alone gives is worth a warning, one that nothing gives is refused", async ({ tx }) => {
  const ofAge = template({ body_html: "<p>{{ age }}\n{{ agge }}</p>" });
  expect((await importFile(tx, fileOf([ofAge], [workflow()]))).problems).toEqual([
    { path: "templates.0.body_html", message: "line 2, column 4: 'agge' is unknown – did you mean age?" },
  ]);
  const result = await importFile(
    tx,
    fileOf([template({ body_html: "<p>{{ age }}{{ ours }}</p>" })], [{ ...workflow(), context: { ours: "x" } }]),
  );
  expect(result).toMatchObject({ problems: [], templates: { created: 1 } });
  expect(result.warnings).toEqual([{ path: "templates.0", message: `'age' is always empty when "Workflow" sends it` }]);
});

test("a workflow that is stored too deep to be read is left out of the file, and named", async ({ tx }) => {
  await createWorkflow(tx, { name: "Sound" });
  const { id } = await createWorkflow(tx, { name: "Deep" });
  const deep = `${"[".repeat(2_000)}${"]".repeat(2_000)}`;
  await tx.execute(sql`update automation_workflows set steps = ${deep}::jsonb where id = ${id}`);
  const { text, workflows, needsAttention } = await exportConfig(tx, rules);
  expect(workflows).toBe(1);
  expect(JSON.parse(text).workflows).toMatchObject([{ name: "Sound" }]);
  expect(needsAttention).toEqual([
    { path: "workflows", message: expect.stringMatching(/^"Deep" is left out: Too large/) },
  ]);
});

test("two imports at once end as one after the other", async ({ database }) => {
  const { db } = database;
  const file = fileOf([template()], [workflow()]);
  const results = await Promise.all([importFile(db, file), importFile(db, file)]);
  expect(results.map(({ workflows }) => workflows.created).sort()).toEqual([0, 1]);
  expect(results.flatMap(({ problems }) => problems)).toEqual([]);
});
