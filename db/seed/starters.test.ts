import { expect, test as pure } from "vitest";
import { automationWorkflows, communicationTemplates, templateVersions } from "#db/schema/index";
import { languages } from "#emails/copy";
import { parseDefinition } from "#engine/definition";
import { findReferenceProblems } from "#engine/references";
import { layOut } from "#engine/steps";
import { triggers } from "#engine/triggers/index";
import { checkSource } from "#lib/templates/check-source";
import { sampleValues, standingNames } from "#lib/templates/placeholders";
import { checkTemplate } from "#messaging/check-template";
import { findMissingWayOut } from "#messaging/find-way-out";
import { listPlaceholders } from "#messaging/list-placeholders";
import { compileTemplate } from "#messaging/render";
import { measureSms } from "#messaging/sms-segments";
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
    const { id = 0, translations } =
      templates.find((template) => template.name === name && template.channel === channel) ?? {};
    expect(content.translations).toEqual(translations);
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

type Template = (typeof templates)[number];
type Language = (typeof languages)[number];

const contentOf = (template: Template) => ({
  ...{ subject: null, title: "Notification", body_html: null, body_text: null, action_url: null },
  ...{ icon: "info", from_address: null, from_name: null, language: "en" },
  ...template,
});

const textOf = ({ subject, title, body_html, body_text, translations }: Template, language: Language) =>
  language === "en" ? { subject, title, body_html, body_text } : translations[language];

/** The fields that say something, and what. */
const fieldsOf = (template: Template, language: Language) =>
  Object.entries(textOf(template, language)).filter(([, text]) => text?.trim());

const placeholdersOf = (template: Template, language: Language) =>
  listPlaceholders({ ...contentOf(template), ...textOf(template, language), translations: {} });

/** What is between the placeholders and tags: the writer's own words. */
const wordsOf = (template: Template, language: Language) =>
  fieldsOf(template, language).map(([, text]) => text.replace(/\{\{.*?\}\}|\{%.*?%\}|<[^>]*>/g, "…"));

pure.for(templates)("“$name” says in each language what it says in English", (template) => {
  expect(Object.keys(template.translations).sort()).toEqual(languages.filter((name) => name !== "en").sort());
  for (const language of languages) {
    expect(fieldsOf(template, language).map(([field]) => field)).toEqual(
      fieldsOf(template, "en").map(([field]) => field),
    );
    expect(placeholdersOf(template, language)).toEqual(placeholdersOf(template, "en"));
  }
  const said = languages.flatMap((language) => fieldsOf(template, language).map(([, text]) => text));
  expect(new Set(said).size).toBe(said.length);
});

const spelling: Record<Language, RegExp> = {
  en: /!/,
  // Swiss, and to a friend.
  de: /ß|!|["“”„]|\b(?:Sie haben|Ihre?[mnrs]?)\b/,
  fr: /!|["“”']| [:;?»]|« |\S[:;?»]|\b(?:vous avez|votre|vos)\b/,
  // No article before a placeholder: it would have to change with the day (il 7, l’8).
  it: /!|["“”']|\b(?:Lei|Suo|Sua)\b|(?:^|\s)(?:il|al|dal|del|nel) …/,
};

pure.for(templates)("“$name” is written as its languages are", (template) => {
  for (const language of languages) {
    // The network's alphabet has neither the curved apostrophe nor a space that does not break.
    const isPlain = template.channel === "sms";
    const words = wordsOf(template, language).map((text) =>
      isPlain ? text.replaceAll("'", "’").replace(/ (?=[:;?])/g, "\u00a0") : text,
    );
    expect(words.filter((text) => spelling[language].test(text))).toEqual([]);
  }
});

pure("S36: every advertisement by SMS says how to stop it, in every language", () => {
  expect(templates.flatMap((template) => findMissingWayOut(contentOf(template)))).toEqual([]);
});

const everywhere = templates.flatMap((template) => languages.map((language) => ({ template, language })));

/** Every happening's values, and those which every member has whom a workflow that sends it matches. */
function occasionsOf(template: Template) {
  const facts = Object.fromEntries(commonFacts(template.id));
  const { last_visit_on: _unknown, risk_reasons: _none, ...sure } = facts;
  const least = template.name === "Absence: notification after ten days" ? facts : sure;
  const all = { ...sampleValues(), ...facts };
  return [all, { ...all, member_first_name: " " }, { join_date: "2025-03-17", ...least }];
}

pure.for(everywhere)(
  "“$template.name” leaves nothing open in $language, whether all is known of a member or nothing",
  ({ template, language }) => {
    const compiled = compileTemplate(contentOf(template), language, gym);
    expect(compiled.language).toBe(language);
    for (const values of occasionsOf(template)) {
      const { subject, title, text, body, html } = compiled.render(values, links);
      for (const said of [subject, title, text]) {
        expect(said).not.toMatch(/\{|\}|undefined|\bnull\b|[ \u00a0]{2}|, ?[.!?]|\(\)|!/);
      }
      // What a value that is missing leaves behind: a greeting of nobody, a sentence without its end.
      expect(`${subject}\n${title}\n${body}`).not.toMatch(/\s[,.)]|[ \u00a0]$|^(?:Hi|Hallo|Bonjour|Ciao)\W*$/m);
      expect(html).not.toMatch(/\{\{|\{%|undefined/);
    }
  },
);

/** A month whose name is long, and French as the network's alphabet does not spell it. */
const days = ["2026-08-31", "2026-09-30"];

pure.for(everywhere.filter(({ template }) => template.channel === "sms"))(
  "“$template.name” is one text message in $language, and two at most for a name that is long or has a cedilla",
  ({ template, language }) => {
    const compiled = compileTemplate(contentOf(template), language, gym);
    const segment = (member_first_name: string, expires_on: string) => {
      const values = { ...sampleValues(), ...Object.fromEntries(commonFacts(template.id)) };
      return measureSms(compiled.render({ ...values, member_first_name, expires_on }, links).text);
    };
    const ordinary = segment("Mara", "2026-12-31");
    expect([ordinary.encoding, ordinary.segments]).toEqual(["GSM-7", 1]);
    for (const name of ["Maximiliane-Veronika", "François", ""]) {
      for (const day of days) {
        expect(segment(name, day).segments).toBeLessThanOrEqual(2);
      }
    }
  },
);
