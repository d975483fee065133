import { sql } from "drizzle-orm";
import { expect, test as pure } from "vitest";
import type { Db } from "#db/client";
import { fileOf, importFile, template, workflow } from "../../test/support/config-files.ts";
import { test } from "../../test/support/database.ts";
import { createMember } from "../../test/support/factories.ts";
import { parseConfig } from "./parse-config.ts";

const everything = async (db: Db) => {
  const tables = ["communication_templates", "automation_workflows", "audit_events", "requests", "baselines"];
  const { rows } = await db.execute(
    sql.join(
      tables.map((table) => sql`select count(*)::int from ${sql.identifier(table)}`),
      sql` union all `,
    ),
  );
  return rows;
};

const problemsOf = async (db: Db, file: string | Uint8Array) => {
  const before = await everything(db);
  const { problems, templates, workflows } = await importFile(db, file);
  expect(await everything(db)).toEqual(before);
  expect({ templates, workflows }).toEqual({
    templates: { created: 0, updated: 0, unchanged: 0 },
    workflows: { created: 0, updated: 0, unchanged: 0, switchedOn: 0, switchedOff: 0 },
  });
  return problems;
};

const action = (type: string, params: object) => ({ type, params });

test("a file with characters that cannot be stored is told of all else, too, and of each once", async ({ tx }) => {
  const file = `{"templates":[{"name":"\\u0000","channel":"fax"}],
    "workflows":[{"name":"x","context":{"__proto__":{"is_enabled":true}},"steps":[{"id":0,"action":{"type":"add_tag","params":{"tag":"\\u0000"}}}]}]}`;
  expect((await problemsOf(tx, file)).map(({ path }) => path).sort()).toEqual([
    "templates.0.channel",
    "templates.0.name",
    "workflows.0.context.__proto__",
    "workflows.0.steps.0.action.params.tag",
    "workflows.0.steps.0.id",
    "workflows.0.trigger",
  ]);
  expect(({} as Record<string, unknown>).is_enabled).toBeUndefined();
});

test("everything that is wrong with a file is told at once, and nothing of it is taken", async ({ tx }) => {
  await createMember(tx, { role: "staff", email: "twins@gym.example" });
  await createMember(tx, { role: "staff", email: "twins@gym.example" });
  await createMember(tx, { email: "member@gym.example" });
  const toStaff = (staff_id: unknown) =>
    action("assign_task_to_staff", { assignee_rule: "specific_staff_id", staff_id });
  const steps = [
    { id: 1, action: action("send_email", { template_id: 99 }) },
    {
      id: 2,
      branch: {
        if: { type: "has_tag", params: { tag: "x" } },
        then: [{ id: 3, action: action("send_in_app_notification", { template_id: 1 }) }],
        else: [{ id: 3, action: action("add_tag", { tag: "" }) }],
      },
    },
    // Its template cannot be read: the step is not to blame.
    { id: 4, action: action("send_sms", { template_id: 3 }) },
    { id: 5, action: action("conjure", {}) },
  ];
  const tasks = ["nobody@gym.example", "twins@gym.example", "member@gym.example", 7].map((staff_id, index) => ({
    ...{ id: index + 1, action: toStaff(staff_id) },
  }));
  const file = fileOf(
    [
      template({
        body_html: "<p>\n{{ nobody_knows }}\n<a href='/me'></p>",
        translations: { de: { subject: "{% x %}" } },
      }),
      template({ id: 2 }),
      { id: 3, name: " ", channel: "fax", colour: "red" },
      template({ name: "Same id" }),
    ],
    [
      { ...workflow(), steps, cooldown_period_days: -1 },
      { ...workflow(), steps, trigger: { type: "full_moon" }, exit_when: [{ type: "bored" }] },
      { ...workflow(), name: "Tasks", steps: tasks },
      { ...workflow(), name: "Tasks" },
    ],
  );
  const problems = await problemsOf(tx, file);
  const told = (path: string) => problems.filter((problem) => problem.path === path).map(({ message }) => message);
  expect(told("templates.0.body_html")).toEqual([
    "line 2, column 4: 'nobody_knows' is unknown.",
    expect.stringMatching(/^line 3, column 1: A link must start with https:/),
  ]);
  expect(told("templates.0.translations.de.subject")).toEqual([expect.stringContaining("'x' is not available")]);
  expect(told("templates.1.name")).toEqual(["is the same as that of templates.0; each has its own"]);
  expect(told("templates.2.name")).toHaveLength(1);
  expect(told("templates.2.channel")).toEqual(["one of email, in_app, sms (you gave 'fax')"]);
  expect(told("templates.2.colour")).toEqual(["unknown field 'colour'"]);
  expect(told("templates.3.id")).toEqual(["is the same as that of templates.0; each has its own"]);
  expect(told("workflows.0.cooldown_period_days")).toHaveLength(1);
  expect(told("workflows.1.steps.0.action.params.template_id")).toEqual(["99 is the id of no template in this file"]);
  expect(told("workflows.1.steps.1.branch.then.0.action.params.template_id")).toEqual([
    "Template 1 is for email, and this step takes one for in_app",
  ]);
  expect(told("workflows.1.steps.1.branch.else.0.action.params.tag")).toHaveLength(1);
  expect(told("workflows.1.steps.2.action.params.template_id")).toEqual([]);
  expect(told("workflows.1.steps.3.action.type")).toEqual([expect.stringMatching(/known: /i)]);
  expect(told("workflows.1.trigger.type")).toEqual([expect.stringMatching(/known: /i)]);
  expect(told("workflows.1.exit_when.0.type")).toEqual([expect.stringMatching(/known: /i)]);
  expect([0, 1, 2, 3].map((step) => told(`workflows.2.steps.${step}.action.params.staff_id`))).toEqual([
    ["Nobody on the staff has the address nobody@gym.example"],
    ["2 staff members share the address twins@gym.example"],
    ["Nobody on the staff has the address member@gym.example"],
    ["In a file a staff member is named by email address"],
  ]);
  expect(told("workflows.3.name")).toEqual(["is the same as that of workflows.2; each has its own"]);
});

const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
const nul = String.raw`"a\u0000b"`;

pure.for<[string, string | Uint8Array, RegExp]>([
  ["no JSON", "{", /^: The file is no JSON: /],
  ["an empty file", "", /^: The file is no JSON: /],
  ["another encoding", new Uint8Array([0x22, 0xe4, 0x22]), /^: The file is not written in UTF-8$/],
  ["two-byte characters", new Uint8Array(Buffer.from('\ufeff{"templates":[]}', "utf16le")), /not written in UTF-8/],
  ["more than any configuration", new Uint8Array(20_000_001), /^: The file has 20 MB; 20 MB is the most$/],
  ["a list", "[]", /^: an object \(you gave a list\)$/],
  ["nothing", "null", /^: an object \(you gave null\)$/],
  ["another key", '{"template":[]}', /^template: unknown field 'template'$/],
  [
    "no lists",
    '{"templates":{},"workflows":3}',
    /^templates: a list \(you gave an object\)[\s\S]*workflows: a list \(you gave 3\)/,
  ],
  [
    "entries that are none",
    '{"templates":[1,null],"workflows":["x"]}',
    /templates\.0: [\s\S]*templates\.1: [\s\S]*workflows\.0: /,
  ],
  ["JSON 10,000 deep", deep(10_000), /^0(\.0){63}: is nested too deeply; 64 levels are the most$/],
  [
    "steps 10,000 deep",
    `{"workflows":[{"name":"x","steps":${deep(10_000)}}]}`,
    /^workflows\.0\.steps[.0]+: is nested too deeply/,
  ],
  [
    "conditions 5,000 deep",
    `{"workflows":[{"exit_when":[${'{"not":'.repeat(5_000)}1${"}".repeat(5_000)}]}]}`,
    /nested too deeply/,
  ],
  ["a prototype at the top", '{"__proto__":{"templates":[]}}', /^: must have no field called "__proto__"/],
  ["NUL in a text", `{"templates":[{"name":${nul}}]}`, /^templates\.0\.name: has a character that cannot be stored/],
  ["NUL in a key", `{"workflows":[{"context":{${nul}:1}}]}`, /^workflows\.0\.context: must have no field called /],
  [
    "half a character",
    String.raw`{"templates":[{"name":"\ud83d"}]}`,
    /^templates\.0\.name: has a character that cannot be stored/,
  ],
])("%s is refused in words", ([, file, message]) => {
  const { problems, templates, workflows } = parseConfig(typeof file === "string" ? Buffer.from(file) : file);
  expect(problems.map(({ path, message }) => `${path}: ${message}`).join("\n")).toMatch(message);
  expect([templates, workflows]).toEqual([[], []]);
});

test("5 MB are read in a few seconds, whether they are good or full of faults", { timeout: 120_000 }, async ({
  tx,
}) => {
  const text = `<p>{{ member_first_name }}</p>\n${"<p>a &lt; b <b>c</b></p>\n".repeat(80)}`.repeat(90);
  const good = Array.from({ length: 30 }, (_, index) =>
    template({ id: index + 1, name: `Large ${index}`, body_html: text }),
  );
  const bad = Array.from({ length: 30 }, (_, index) =>
    template({ id: index + 1, name: `Large ${index}`, body_html: text.replaceAll("first_name", "frist_name") }),
  );
  const file = fileOf(good, []);
  expect(file.length).toBeGreaterThan(5_000_000);
  const startedAt = performance.now();
  expect(await importFile(tx, file)).toMatchObject({ templates: { created: 30 }, problems: [] });
  expect((await importFile(tx, fileOf(bad, []))).problems).toHaveLength(30 * 90);
  // Ten on a machine of its own, a few times that on a busy one; what is quadratic takes minutes.
  expect((performance.now() - startedAt) / 1000).toBeLessThan(60);
});

test("keys that mean something to JavaScript alone are values like others", async ({ tx }) => {
  const context = { constructor: "a", toString: "b", prototype: "c", hasOwnProperty: "d" };
  const file = fileOf([template()], [{ ...workflow(), context }]);
  expect((await importFile(tx, file)).problems).toEqual([]);
  const { rows } = await tx.execute(sql`select context from automation_workflows`);
  expect(rows).toEqual([{ context }]);
});
