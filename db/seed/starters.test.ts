import { expect, test as pure } from "vitest";
import { automationWorkflows, communicationTemplates, templateVersions } from "#db/schema/index";
import { parseDefinition } from "#engine/definition";
import { findReferenceProblems } from "#engine/references";
import { layOut } from "#engine/steps";
import { triggers } from "#engine/triggers/index";
import { checkSource } from "#lib/templates/check-source";
import { sampleValues, standingNames } from "#lib/templates/placeholders";
import { checkTemplate } from "#messaging/check-template";
import { listPlaceholders } from "#messaging/list-placeholders";
import { compileTemplate } from "#messaging/render";
import { loadStarters } from "#scripts/load-starters";
import { test } from "../../test/support/database.ts";
import { clockAt } from "../../test/support/factories.ts";
import { starters } from "./starters/index.ts";

const clock = clockAt("2026-11-22");
const { templates, workflows } = starters;

const definitionOf = ({ trigger, steps, exit_when: exitWhen }: (typeof workflows)[number]) => {
  const { definition, problems } = parseDefinition({ trigger, steps, exitWhen, context: undefined });
  expect(problems).toEqual([]);
  if (!definition) {
    throw new Error("does not parse");
  }
  return definition;
};

const actionsOf = (workflow: (typeof workflows)[number]) =>
  layOut(definitionOf(workflow).steps).flatMap(({ step }) => ("action" in step ? [step.action] : []));

const sends = (workflow: (typeof workflows)[number], template: number) =>
  actionsOf(workflow).some(({ params }) => "template_id" in params && params.template_id === template);

const factsOf = ({ trigger }: (typeof workflows)[number]) =>
  Object.entries(triggers.get(trigger.type).facts as Record<string, { sample: string }>);

/** The samples of the facts that every workflow which sends the template gives. */
function commonFacts(template: number): [string, string][] {
  const [first, ...others] = workflows.filter((workflow) => sends(workflow, template)).map(factsOf);
  return (first ?? [])
    .filter(([name]) => others.every((facts) => facts.some(([other]) => other === name)))
    .map(([name, { sample }]) => [name, sample]);
}

test("starters are loaded once, switched off, and every part of them is sound", async ({ tx }) => {
  expect(await loadStarters(tx, clock)).toEqual({ templates: templates.length, workflows: workflows.length });
  expect(await loadStarters(tx, clock)).toEqual({ templates: 0, workflows: 0 });

  for (const workflow of await tx.select().from(automationWorkflows)) {
    expect(workflow.isEnabled).toBe(false);
    const { definition, problems } = parseDefinition(workflow);
    expect(problems).toEqual([]);
    expect(definition && (await findReferenceProblems(tx, definition))).toEqual([]);
  }
  const stored = await tx.select().from(communicationTemplates);
  for (const { content, templateId } of await tx.select().from(templateVersions)) {
    const { name, channel, placeholders } = stored.find(({ id }) => id === templateId) ?? {};
    const { id = 0 } = templates.find((template) => template.name === name && template.channel === channel) ?? {};
    const known = new Set([...standingNames, ...commonFacts(id).map(([fact]) => fact)]);
    expect(placeholders).toEqual(listPlaceholders(content));
    expect(checkTemplate(content, known)).toEqual([]);
  }
});

test("what a gym changed stays changed", async ({ tx }) => {
  await loadStarters(tx, clock);
  await tx.update(communicationTemplates).set({ title: "Our own" });
  await tx.update(automationWorkflows).set({ cooldownPeriodDays: 99 });
  await loadStarters(tx, clock);
  expect(new Set((await tx.select().from(communicationTemplates)).map(({ title }) => title))).toEqual(
    new Set(["Our own"]),
  );
  expect(
    (await tx.select().from(automationWorkflows)).every(({ cooldownPeriodDays }) => cooldownPeriodDays === 99),
  ).toBe(true);
});

pure("every template is sent by a workflow, and every id and name is there once", () => {
  expect(templates.filter(({ id }) => !workflows.some((workflow) => sends(workflow, id)))).toEqual([]);
  const ids = templates.map(({ id }) => String(id));
  for (const list of [ids, templates.map(({ name }) => name), workflows.map(({ name }) => name)]) {
    expect(new Set(list).size).toBe(list.length);
  }
});

pure.for(workflows)("tasks and offers of “$name” say only what its trigger knows", (workflow) => {
  const known = new Set([...standingNames, ...factsOf(workflow).map(([fact]) => fact)]);
  for (const { params } of actionsOf(workflow)) {
    expect("description" in params ? checkSource(params.description ?? "", known) : []).toEqual([]);
  }
});

pure("no two of them write to the same members for the same happening", () => {
  const happenings = workflows.map(({ trigger }) => JSON.stringify(trigger));
  expect(new Set(happenings).size).toBe(happenings.length);
});

const gym = { name: "Training Club", postalAddress: "Langstrasse 120\n8004 Zürich", language: "en" };
const links = { appUrl: "https://app.gym.example", unsubscribeUrl: "https://app.gym.example/u" };

const languagesOf = ({ translations = {} }: (typeof templates)[number]) => ["en", ...Object.keys(translations)];

pure.for(templates.flatMap((template) => languagesOf(template).map((language) => ({ ...template, language }))))(
  "“$name” leaves nothing open in $language, whether all is known of a member or nothing",
  ({ language, ...template }) => {
    const nothing = { subject: null, title: "Notification", body_html: null, body_text: null };
    const content = {
      ...{ icon: "info", translations: {}, from_address: null, from_name: null, action_url: null },
      ...nothing,
      ...template,
      language: "en",
    };
    const compiled = compileTemplate(content, language, gym);
    const facts = Object.fromEntries(commonFacts(template.id));
    expect(compiled.language).toBe(language);
    // What every member has whom a workflow that sends it matches.
    const { last_visit_on: _unknown, risk_reasons: _none, ...sure } = facts;
    const least = template.name === "Absence: notification after ten days" ? facts : sure;
    for (const values of [
      { ...sampleValues(), ...facts },
      { join_date: "2025-03-17", ...least },
    ]) {
      const { subject, title, text } = compiled.render(values, links);
      expect(subject + title + text).not.toMatch(/\{|\}|undefined|null| {2}|, ?[.!?]|!/);
      if (template.channel === "sms") {
        // One message of the network's alphabet, with a first name of twenty letters.
        expect(compiled.render({ ...values, member_first_name: "Maximiliane-Veronika" }, links).text).toMatch(
          /^[\w .,:?'()/-]{1,160}$/,
        );
      }
    }
  },
);
