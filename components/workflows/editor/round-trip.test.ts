import fc from "fast-check";
import { expect, test } from "vitest";
import { starters } from "#db/seed/starters/index";
import { actions } from "#engine/actions/index";
import { conditions } from "#engine/conditions/index";
import { parseDefinition } from "#engine/definition";
import { type DefinitionForm, describeForms, type FieldForm } from "#engine/forms";
import { triggers } from "#engine/triggers/index";
import type { Draft, DraftCondition, DraftStep, Entry, Side } from "./draft.ts";
import { listSteps } from "./edit-steps.ts";
import { beginEditing, type EditorState, type NewStep, reduce } from "./editor-state.ts";
import { groupProblems } from "./problems.ts";
import { readDraft } from "./read-draft.ts";

const forms = describeForms();
const blank: Draft = {
  name: "New workflow",
  description: "",
  cooldownPeriodDays: 7,
  trigger: { type: "birthday", params: {} },
  steps: [],
  context: {},
  exitWhen: [],
};

/** What somebody may fill into a field. */
function fillField({ kind, minimum = 0, maximum = 10_000, minLength = 0, maxLength = 40, options = [] }: FieldForm) {
  const fill: Record<FieldForm["kind"], () => fc.Arbitrary<unknown>> = {
    integer: () => fc.integer({ min: minimum, max: maximum }),
    number: () =>
      fc.oneof(
        fc.double({ min: minimum, max: maximum, noNaN: true }).map((value) => value + 0),
        fc.integer({ min: Math.ceil(minimum * 100), max: Math.floor(maximum * 100) }).map((value) => value / 100),
      ),
    text: () =>
      fc
        .oneof(fc.stringMatching(/^[a-zA-Z][a-z äöü]{0,30}[a-z]$/), fc.stringMatching(/^[A-Z]{3,8}-?[0-9]{1,2}$/))
        .filter(({ length }) => length >= minLength && length <= maxLength),
    choice: () => fc.constantFrom(...options.map(({ value }) => value)),
    boolean: () => fc.boolean(),
    pick: () => fc.integer({ min: 1, max: 1_000 }),
  };
  return fill[kind]();
}

const fillForm = (form: DefinitionForm): fc.Arbitrary<Entry> =>
  fc
    .record(Object.fromEntries(form.fields.map((field) => [field.name, fillField(field)])), {
      requiredKeys: form.fields.filter(({ isOptional }) => !isOptional).map(({ name }) => name),
    })
    .map((params) => ({ type: form.type, params }));

const anyOf = (list: DefinitionForm[]) => fc.oneof(...list.map(fillForm));

const conditionsOf = (plain: fc.Arbitrary<Entry>) =>
  fc.letrec<{ condition: DraftCondition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      plain,
      fc.record({ all: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie("condition") }),
    ),
  })).condition;

const wait = fc
  .record({ days: fc.integer({ min: 1, max: 365 }), hours: fc.integer({ min: 1, max: 8_760 }) }, { requiredKeys: [] })
  .filter(({ days, hours }) => Boolean(days ?? hours));

type Content = { action: Entry } | { wait: object } | { if: DraftCondition; then: Content[]; else: Content[] };

type Parts = { trigger: fc.Arbitrary<Entry>; action: fc.Arbitrary<Entry>; condition: fc.Arbitrary<DraftCondition> };

const listsOf = ({ action, condition }: Omit<Parts, "trigger">) =>
  fc.letrec<{ content: Content; list: Content[] }>((tie) => ({
    list: fc.array(tie("content"), { maxLength: 4 }),
    content: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.record({ action }),
      fc.record({ wait }),
      fc.record({ if: condition, then: tie("list"), else: tie("list") }),
    ),
  })).list;

const definitionsOf = ({ trigger, ...parts }: Parts) =>
  fc.record({
    trigger,
    contents: listsOf(parts).filter(({ length }) => length > 0),
    exitWhen: fc.array(parts.condition, { maxLength: 2 }),
  });

const filled: Parts = {
  trigger: anyOf(forms.triggers),
  action: anyOf(forms.actions),
  condition: conditionsOf(anyOf(forms.conditions)),
};

/** No field of it says that something is wrong. */
const sound: Parts = {
  trigger: filled.trigger.filter((entry) => triggers.check(entry).data !== null),
  action: filled.action.filter((entry) => actions.check(entry).data !== null),
  condition: conditionsOf(anyOf(forms.conditions).filter((entry) => conditions.check(entry).data !== null)),
};

/** The steps as they are stored, numbered as an editor numbers them that is used from top to bottom. */
function number(contents: Content[], free: { id: number }): DraftStep[] {
  return contents.map((content) => {
    const id = free.id++;
    return "if" in content
      ? { id, branch: { if: content.if, then: number(content.then, free), else: number(content.else, free) } }
      : { id, ...content };
  });
}

/** Adds each step where it belongs, as somebody would who builds it from nothing. */
function build(
  state: EditorState,
  contents: Content[],
  branchId: number | null = null,
  side: Side = "then",
): EditorState {
  return contents.reduce((before, content, index) => {
    const step: NewStep = "if" in content ? { branch: { if: content.if, then: [], else: [] } } : content;
    const added = reduce(before, { do: "insert", slot: { branchId, side, index }, step });
    const id = added.selected;
    return "if" in content && typeof id === "number"
      ? build(build(added, content.then, id, "then"), content.else, id, "else")
      : added;
  }, state);
}

test("whatever the engine accepts can be made in the editor, and is what the engine reads", () => {
  let accepted = 0;
  fc.assert(
    fc.property(definitionsOf(filled), ({ trigger, contents, exitWhen }) => {
      const steps = number(contents, { id: 1 });
      const begun = reduce(beginEditing(blank, 0), { do: "edit", change: { trigger, exitWhen } });
      const made = build(begun, contents).history.present;
      expect(made).toEqual({ ...blank, trigger, steps, exitWhen });
      const { definition, problems } = parseDefinition(made);
      if (definition) {
        accepted++;
        expect(readDraft({ ...blank, ...JSON.parse(JSON.stringify(definition)) })).toEqual({ ...blank, ...definition });
      }
      const owners = [...groupProblems(problems, made.steps).keys()];
      const ids = listSteps(made.steps).map(({ id }) => id);
      expect(owners.filter((owner) => typeof owner === "number" && !ids.includes(owner))).toEqual([]);
    }),
    { numRuns: 300 },
  );
  expect(accepted).toBeGreaterThan(50);
});

const depthOf = (contents: Content[]): number =>
  contents.length === 0
    ? 0
    : 1 + Math.max(...contents.map((content) => ("if" in content ? depthOf([...content.then, ...content.else]) : 0)));

test("whatever is made in the editor is accepted, where no field and no limit says otherwise", () => {
  const { limits } = forms;
  fc.assert(
    fc.property(definitionsOf(sound), ({ trigger, contents, exitWhen }) => {
      const begun = reduce(beginEditing(blank, 0), { do: "edit", change: { trigger, exitWhen } });
      const { present } = build(begun, contents).history;
      const isTooMuch = listSteps(present.steps).length > limits.steps || depthOf(contents) > limits.depth;
      const { definition, problems } = parseDefinition(JSON.parse(JSON.stringify(present)));
      expect(problems.length > 0).toBe(isTooMuch);
      expect(definition === null).toBe(isTooMuch);
    }),
    { numRuns: 300 },
  );
});

test("what is wrong in one step is told by its card, whatever surrounds it", () => {
  fc.assert(
    fc.property(listsOf(filled), (contents) => {
      const steps = number([...contents, { action: { type: "add_tag", params: {} } }], { id: 1 });
      const { problems } = parseDefinition({ ...blank, steps });
      const faulty = steps.at(-1)?.id ?? 0;
      expect(groupProblems(problems, steps).get(faulty)?.length).toBeGreaterThan(0);
    }),
    { numRuns: 50 },
  );
});

test.each(starters.workflows)("the default workflow $name opens in the editor as it is", (workflow) => {
  const { trigger, steps, exit_when: exitWhen } = workflow;
  expect(readDraft({ ...blank, trigger, steps, exitWhen })).toMatchObject({ steps, exitWhen });
});

test.each([
  ["steps that are none", { steps: "none" }],
  ["a step without a number", { steps: [{ action: { type: "add_tag", params: {} } }] }],
  ["a step of no kind", { steps: [{ id: 1 }] }],
  [
    "a side that is no list",
    { steps: [{ id: 1, branch: { if: { type: "has_tag", params: {} }, then: {}, else: [] } }] },
  ],
  ["a condition that is none", { exitWhen: [null] }],
])("%s cannot be shown as cards", (_, change) => {
  expect(readDraft({ ...blank, ...change })).toBeNull();
});
