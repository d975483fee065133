import { expect } from "vitest";
import type { z } from "zod";
import { listBadParams, type Picks, sampleParams } from "../test/support/bad-params.ts";
import { test } from "../test/support/database.ts";
import { createMember, createTemplate } from "../test/support/factories.ts";
import { createSurroundings, expectAttention, refuse, tagStep } from "../test/support/refusal.ts";
import { actions } from "./actions/index.ts";
import { conditions } from "./conditions/index.ts";
import { parseDefinition, type StoredDefinition } from "./definition.ts";
import { triggers } from "./triggers/index.ts";

type Parts = Partial<StoredDefinition>;
type Expected = Record<string, string | RegExp>;

const act = (id: number, type: string, params: unknown) => ({ id, action: { type, params } });
const branch = (id: number, then: unknown[], otherwise: unknown[] = []) => ({
  id,
  branch: { if: { type: "visited_since_start" }, then, else: otherwise },
});
const quiet = (inactive_days: unknown) => ({ trigger: { type: "low_engagement", params: { inactive_days } } });
const tagSteps = (count: number) => Array.from({ length: count }, (_, index) => tagStep(index + 1));
const nested = (depth: number): unknown => branch(depth, depth > 1 ? [nested(depth - 1)] : [tagStep(99)]);
const deepest = (depth: number) => `steps.0${".branch.then.0".repeat(depth)}`;

const days = (given: string) => `Days without a visit: a whole number from 1 to 3650 (you gave ${given})`;

const rows: [title: string, parts: Parts, expected: Expected][] = [
  [
    "B3: an unknown trigger",
    { trigger: { type: "full_moon" } },
    { "trigger.type": /^Trigger 'full_moon' is unknown. Known: birthday, .*low_engagement/ },
  ],
  [
    "B3: a trigger without a type",
    { trigger: { params: {} } },
    { "trigger.type": /^Trigger without a type. Known: birthday, / },
  ],
  [
    "B3: no object as the trigger",
    { trigger: "birthday" },
    { trigger: /^Trigger: choose one \(you gave 'birthday'\)/ },
  ],
  ["B4: days below", quiet(-1), { "trigger.params.inactive_days": days("-1") }],
  ["B4: no days", quiet(0), { "trigger.params.inactive_days": days("0") }],
  ["B4: half days", quiet(1.5), { "trigger.params.inactive_days": days("1.5") }],
  ["B4: days in words", quiet("30 days"), { "trigger.params.inactive_days": days("'30 days'") }],
  ["B4: too many days", quiet(1e9), { "trigger.params.inactive_days": days("1000000000") }],
  ["B4: days null", quiet(null), { "trigger.params.inactive_days": days("null") }],
  [
    "B4: what was given is shortened and on one line",
    quiet(`a\n\u202e\u0007${"x".repeat(500)}`),
    { "trigger.params.inactive_days": days(`'a\\u{a}\\u{202e}\\u{7}${"x".repeat(36)}…'`) },
  ],
  [
    "B5: a comma in the threshold",
    { trigger: { type: "high_retention_risk", params: { risk_score_threshold: "0,7" } } },
    {
      "trigger.params.risk_score_threshold": "Risk threshold: a number from 0 to 1, with a dot (0.7) (you gave '0,7')",
    },
  ],
  [
    "B6: a window that ends before it starts",
    { trigger: { type: "membership_expiry_upcoming", params: { days_before: 3, min_days_left: 5 } } },
    {
      "trigger.params.days_before": "Days left at least (5) must not be more than Days before the end (3)",
      "trigger.params.min_days_left": "Days left at least (5) must not be more than Days before the end (3)",
    },
  ],
  [
    "B7: a milestone of nothing",
    { trigger: { type: "milestone_achieved", params: { value: 0 } } },
    {
      "trigger.params.type": "What is counted: one of classes_attended, anniversary (you gave nothing)",
      "trigger.params.value": "Value: a whole number from 1 to 100,000 (you gave 0)",
    },
  ],
  ["B8: no steps", { steps: [] }, { steps: "A workflow needs at least one step" }],
  ["B8: 51 steps", { steps: tagSteps(51) }, { steps: "A workflow has at most 50 steps, and this one has 51" }],
  [
    "B8: 51 steps, branches included",
    { steps: [branch(90, tagSteps(30), tagSteps(50).slice(30))] },
    { steps: "A workflow has at most 50 steps, and this one has 51" },
  ],
  ["B8: no list of steps", { steps: { 0: tagStep(1) } }, { steps: "Steps: a list (you gave an object)" }],
  [
    "B8: the same id in a branch",
    { steps: [tagStep(1), branch(2, [], [tagStep(1)])] },
    { "steps.1.branch.else.0.id": "Step 2, else 1 (add_tag): Step id: 1 is used twice; each step has its own" },
  ],
  [
    "B8: nesting deeper than 5",
    { steps: [nested(5)] },
    { [deepest(5)]: /^Step 1(, then 1){5} \(add_tag\): Branches nest 5 deep at most$/ },
  ],
  ["B9: an unknown kind of step", { steps: [{ id: 1, jump: 3 }] }, { "steps.0": /action, a wait or a branch$/ }],
  [
    "B9: an unknown action",
    { steps: [act(1, "send_pigeon", {})] },
    { "steps.0.action.type": /^Step 1 \(send_pigeon\): Action 'send_pigeon' is unknown. Known: add_tag, / },
  ],
  [
    "B9: an extra field in the parameters",
    { steps: [tagStep(1), act(2, "add_tag", { tag: "x", isAdmin: true })] },
    { "steps.1.action.params.isAdmin": "Step 2 (add_tag): unknown field 'isAdmin'" },
  ],
  ["B9: an extra field", { steps: [{ ...tagStep(1), isAdmin: 1 }] }, { "steps.0.isAdmin": /unknown field 'isAdmin'/ }],
  [
    "B9: parameters of another action",
    { steps: [act(1, "add_tag", { template_id: 1 })] },
    { "steps.0.action.params.tag": /Tag: text of 1 to 50/, "steps.0.action.params.template_id": /unknown field/ },
  ],
  [
    "B9: no parameters at all",
    { steps: [act(1, "add_tag", "x")] },
    { "steps.0.action.params": /Parameters: an object/ },
  ],
  [
    "B9: a branch without condition",
    { steps: [{ id: 1, branch: { else: [tagStep(2)] } }] },
    { "steps.0.branch.if": /^Step 1 \(branch\): Condition: choose one \(you gave nothing\). Known: clicked_last/ },
  ],
  [
    "B9: a wait for nothing",
    { steps: [{ id: 1, wait: {} }] },
    { "steps.0.wait": /A wait needs days, hours or minutes/ },
  ],
  [
    "B9: a wait for years",
    { steps: [{ id: 1, wait: { days: 366 } }] },
    { "steps.0.wait.days": /number from 1 to 365 / },
  ],
  [
    "B9: an id that runs cannot keep",
    { steps: [tagStep(2 ** 31)] },
    { "steps.0.id": /Step id: a whole number from 1 / },
  ],
  [
    "B9: exit conditions",
    { exitWhen: [{ type: "has_tag" }, { any: [] }, { not: { type: "x" } }] },
    {
      "exit_when.0.params.tag": "Exit condition 1 (has_tag): Tag: text of 1 to 50 characters (you gave nothing)",
      "exit_when.1.any": "Exit condition 2: Conditions: give 1 to 20 entries (you gave 0)",
      "exit_when.2.not.type": /^Exit condition 3: Condition 'x' is unknown. Known: /,
    },
  ],
  [
    "B10: templates that do not exist, beside a step that does not parse",
    { steps: [act(1, "send_sms", { template_id: 999_999 }), act(1, "send_email", {})], trigger: { type: "toString" } },
    {
      "trigger.type": /^Trigger 'toString' is unknown/,
      "steps.0.action.params.template_id": "Step 1 (send_sms): Template 999999 does not exist",
      "steps.1.id": /used twice/,
      "steps.1.action.params.template_id": "Step 2 (send_email): Template: choose an email template (you gave nothing)",
    },
  ],
  [
    "B31: a credit of thousandths",
    { steps: [act(1, "grant_credits", { amount: 1.234 })] },
    {
      "steps.0.action.params.amount": "Step 1 (grant_credits): Amount: 1 to 10,000, at most 2 decimals",
    },
  ],
  [
    "B32: a code that breaks out",
    { steps: [act(1, "offer_discount", { offer_code: "'; drop" })] },
    {
      "steps.0.action.params.offer_code":
        "Step 1 (offer_discount): Code: Letters, digits, - and _ alone (you gave ''; drop')",
    },
  ],
  [
    "B14: names of the prototype are names like others, and never its own",
    {
      trigger: { type: "constructor" },
      steps: [act(1, "__proto__", {}), act(2, "add_tag", JSON.parse('{"tag":"x","toString":1,"constructor":{}}'))],
    },
    {
      "trigger.type": /^Trigger 'constructor' is unknown/,
      "steps.0.action.type": /Action '__proto__' is unknown/,
      "steps.1.action.params.toString": /unknown field 'toString'/,
      "steps.1.action.params.constructor": /unknown field 'constructor'/,
    },
  ],
  [
    "B14: __proto__ as a field",
    JSON.parse(
      '{"context":{"__proto__":{"polluted":true}},"trigger":{"type":"birthday","params":{"__proto__":{"polluted":1}}}}',
    ),
    { "context.__proto__": /may be called/, "trigger.params.__proto__": /No field may be called '__proto__'/ },
  ],
  [
    "context with too many names",
    { context: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`name${index}`, index])) },
    { context: "Context: at most 100 names (you gave 101)" },
  ],
  [
    "context of a step with what no template can say",
    { steps: [{ ...tagStep(1), context: { constructor: [], ok: 1, long: "x".repeat(2001), ["n".repeat(101)]: 1 } }] },
    {
      "steps.0.context.constructor": /Context 'constructor': a text of up to 2000 characters, a number, true, false or/,
      "steps.0.context.long": /Context 'long': a text of up to 2000 characters/,
      [`steps.0.context.${"n".repeat(40)}…`]: /a name of up to 100 characters/,
    },
  ],
];

test.for(rows)("%s", async ([, parts, expected], { tx }) => {
  await createSurroundings(tx);
  const fields = await refuse(tx, parts);
  expect(Object.keys(fields).sort()).toEqual(Object.keys(expected).sort());
  for (const [path, message] of Object.entries(expected)) {
    expect(fields[path]).toMatch(message instanceof RegExp ? message : exactly(message));
  }
  await expectAttention(tx, [{ parts, fields }]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

const exactly = (text: string) => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);

test("B10: a template of another channel, or archived, and somebody who is no staff", async ({ tx }) => {
  const { sms_template: sms } = await createSurroundings(tx);
  const old = await createTemplate(tx, { name: "Old", archivedAt: new Date() });
  const member = await createMember(tx);
  const task = { assignee_rule: "specific_staff_id", staff_id: member.id };
  const parts = {
    steps: [
      act(1, "send_email", { template_id: sms }),
      branch(2, [act(3, "send_email", { template_id: old.id })]),
      act(4, "assign_task_to_staff", task),
    ],
  };
  const fields = await refuse(tx, parts);
  expect(fields).toEqual({
    "steps.0.action.params.template_id": `Step 1 (send_email): Template ${sms} is for sms, not email`,
    "steps.1.branch.then.0.action.params.template_id": 'Step 2, then 1 (send_email): Template "Old" is archived',
    "steps.2.action.params.staff_id": `Step 3 (assign_task_to_staff): Person ${member.id} is not on the staff`,
  });
  await expectAttention(tx, [{ parts, fields }]);
});

type Definition = { type: string; params: z.ZodObject };
type Build = (config: { type: string; params: unknown }) => { parts: Parts; at: string };

const places: [kind: string, entries: Definition[], build: Build][] = [
  ["trigger", triggers.entries, (config) => ({ parts: { trigger: config }, at: "trigger" })],
  ["action", actions.entries, (action) => ({ parts: { steps: [{ id: 1, action }] }, at: "steps.0.action" })],
  ["condition", conditions.entries, (config) => ({ parts: { exitWhen: [config] }, at: "exit_when.0" })],
];

const entries = places.flatMap(([kind, definitions, build]) =>
  definitions.map((definition) => [kind, definition.type, definition, build] as const),
);

/** Rules that compare two fields may add a problem of the other one. */
const comparesFields = ({ params }: Definition) => (params.def.checks ?? []).length > 0;

test.for(entries)(
  "B4, B9: %s %s with each parameter missing, wrong or unknown",
  async ([, type, definition, build], { tx }) => {
    const picks: Picks = await createSurroundings(tx);
    const sound = build({ type, params: sampleParams(definition.params, picks) });
    expect(parseDefinition({ ...blank, ...sound.parts }).problems).toEqual([]);
    const stored: { parts: Parts; fields: object }[] = [];
    for (const { title, params, field, says } of listBadParams(definition.params, picks)) {
      const { parts, at } = build({ type, params });
      const fields = await refuse(tx, parts);
      const path = `${at}.params.${field}`;
      const others = Object.keys(fields).filter((other) => other !== path);
      expect({ title, others: comparesFields(definition) ? [] : others }).toEqual({ title, others: [] });
      for (const words of says) {
        expect({ title, message: fields[path]?.toLowerCase() }).toMatchObject({
          message: expect.stringContaining(words.toLowerCase()),
        });
      }
      stored.push({ parts, fields });
    }
    await expectAttention(tx, stored);
  },
);

const blank = { trigger: { type: "birthday" }, steps: [tagStep(1)], context: {}, exitWhen: [] };
