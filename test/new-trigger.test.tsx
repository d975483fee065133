import { MantineProvider } from "@mantine/core";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, expect } from "vitest";
import { changeType } from "#components/workflows/editor/begin-entry";
import type { Vocabulary } from "#components/workflows/editor/describe-draft";
import type { Draft } from "#components/workflows/editor/draft";
import { EditorContext } from "#components/workflows/editor/editor-context";
import { beginEditing } from "#components/workflows/editor/editor-state";
import { groupProblems, type Problem } from "#components/workflows/editor/problems";
import { actions } from "#engine/actions/index";
import { conditions } from "#engine/conditions/index";
import { triggers } from "#engine/triggers/index";
import { TriggerPanel } from "../components/workflows/editor/trigger-panel.tsx";
import { test } from "./support/database.ts";
import { clockAt, createMember, createWorkflow } from "./support/factories.ts";
import { copyProject } from "./support/project-copy.ts";
import { listSources, readSource } from "./support/sources.ts";

const file = `import { sql } from "drizzle-orm";
import { z } from "zod";
import { memberFacts as m } from "#db/schema/index";
import { defineTrigger } from "../define.ts";

export const joinedInMonth = defineTrigger({
  type: "joined_in_month",
  label: "Joined in a month",
  help: "Of whatever year.",
  params: z.object({ month: z.int().min(1).max(12).default(6).meta({ label: "Month of the year", unit: "of 12" }) }),
  summarize: ({ month }) => \`joined in month \${month}\`,
  facts: { joined_month: { label: "The month they joined", sample: "6" } },
  match: ({ month }) => ({
    where: sql\`extract(month from \${m.joinedOn}) = \${month}\`,
    facts: { joined_month: sql\`extract(month from \${m.joinedOn})::int\` },
  }),
});
`;

const clock = clockAt("2026-11-22");
const steps = [{ id: 1, action: { type: "add_tag", params: { tag: "june" } } }];
const inMonth = (month: unknown) => ({ type: "joined_in_month", params: { month } });
const engine = copyProject(["db", "engine", "lib"]);

beforeAll(() => {
  engine.write("engine/triggers/joined-in-month.ts", file);
  engine.append("engine/triggers/all.ts", 'export { joinedInMonth } from "./joined-in-month.ts";\n');
});
afterAll(() => engine.remove());

const loadForms = () => engine.load<typeof import("#engine/forms")>("engine/forms.ts");

function renderPanel({ forms, trigger, problems = [] }: Pick<Vocabulary, "forms"> & Shown) {
  const draft: Draft = {
    name: "June",
    description: "",
    cooldownPeriodDays: 7,
    trigger,
    steps: [],
    context: {},
    exitWhen: [],
  };
  const picks = { email_template: [], in_app_template: [], sms_template: [], staff: [] };
  return renderToStaticMarkup(
    <MantineProvider>
      <EditorContext
        value={{
          send: () => {},
          vocabulary: { forms, picks },
          timeZone: clock.timeZone,
          mayEdit: true,
          state: beginEditing(draft, 0),
          problems: groupProblems(problems, []),
          numbers: {},
        }}
      >
        <TriggerPanel audience={null} />
      </EditorContext>
    </MantineProvider>,
  );
}

type Shown = { trigger: Draft["trigger"]; problems?: Problem[] };

test("a trigger of one file and one line is offered by the editor, with its fields, limits and facts", async () => {
  const forms = (await loadForms()).describeForms();
  const chosen = renderPanel({ forms, trigger: { type: "birthday", params: {} } });
  expect(chosen).toContain('<option value="joined_in_month">Joined in a month</option>');
  const form = forms.triggers.find(({ type }) => type === "joined_in_month");
  const begun = form && changeType({ type: "birthday", params: {} }, form);
  const shown = renderPanel({ forms, trigger: begun ?? inMonth(0) });
  expect(shown).toContain('<option value="joined_in_month" selected="">Joined in a month</option>');
  expect(shown).toContain("Of whatever year.");
  expect(shown).toContain("Month of the year");
  expect(shown).toContain("{{ joined_month }} – The month they joined, such as 6");
});

test("what is wrong with it is told at its field when it is saved, and it goes live when it is right", async ({
  tx,
}) => {
  const { saveDraft } = await engine.load<typeof import("#engine/editing/save-draft")>("engine/editing/save-draft.ts");
  const { publishDraft } = await engine.load<typeof import("#engine/editing/publish-draft")>(
    "engine/editing/publish-draft.ts",
  );
  const { describeWorkflow } = await engine.load<typeof import("#engine/summary")>("engine/summary.ts");
  const { id } = await createWorkflow(tx, { steps });
  const draft = { name: "June", description: "", cooldownPeriodDays: 7, steps, context: {}, exitWhen: [] };
  const save = (revision: number, month: unknown) =>
    saveDraft(tx, { id, revision, actorId: null, draft: { ...draft, trigger: inMonth(month) } }, clock);

  const wrong = await save(1, 13);
  const problems = wrong.status === "saved" ? wrong.problems : [];
  expect(problems).toMatchObject([
    { path: "trigger.params.month", message: expect.stringMatching(/^Month of the year/) },
  ]);
  const forms = (await loadForms()).describeForms();
  expect(renderPanel({ forms, trigger: inMonth(13), problems })).toMatch(/aria-invalid="true"/);

  expect(await save(2, 6)).toMatchObject({ status: "saved", problems: [] });
  expect(await publishDraft(tx, { id, revision: 3, includeCurrent: true, actorId: null }, clock)).toMatchObject({
    status: "published",
  });
  expect(describeWorkflow({ ...draft, trigger: inMonth(6) })).toMatchObject({
    triggerLabel: "Joined in a month",
    triggerSummary: "When a member joined in month 6",
    problems: [],
  });
});

test("“Why (not)?” tells what it wants and what it saw, and a sweep starts it for whom it matches", async ({ tx }) => {
  const { explain } = await engine.load<typeof import("#engine/explain")>("engine/explain.ts");
  const { sweep } = await engine.load<typeof import("#engine/sweep")>("engine/sweep.ts");
  const june = await createMember(tx, { joinDate: "2020-06-15" });
  const may = await createMember(tx, { joinDate: "2020-05-15" });
  const workflow = await createWorkflow(tx, { trigger: inMonth(6), steps });
  const ask = async ({ id }: { id: number }) => {
    const { rules, wouldStart } = await explain(tx, { memberId: id, workflowId: workflow.id }, clock);
    return { wouldStart, trigger: rules.find(({ rule }) => rule === "trigger") };
  };
  const wants = "Wants a member who joined in month 6; The month they joined: ";
  expect(await ask(june)).toMatchObject({ wouldStart: true, trigger: { isMet: true, seen: `${wants}6` } });
  expect(await ask(may)).toMatchObject({ wouldStart: false, trigger: { isMet: false, seen: `${wants}5` } });
  expect(await sweep(tx, clock)).toMatchObject([{ id: workflow.id, started: 1 }]);
});

const browsable = listSources().filter(
  (source) => /^(app|components|messaging|worker)\//.test(source) && !/\.test\.tsx?$/.test(source),
);

test("no page and no component knows a trigger, an action or a condition by its stored word", () => {
  const types = [triggers, actions, conditions].flatMap(({ entries }) => entries.map(({ type }) => type));
  const quoted = new RegExp(
    `["'\`](${types.join("|")})["'\`]|[{,]\\s*(${types.filter((type) => type.includes("_")).join("|")}):`,
  );
  expect(browsable.length).toBeGreaterThan(300);
  expect(browsable.flatMap((source) => quoted.exec(readSource(source))?.[0] ?? [])).toEqual([]);
});
