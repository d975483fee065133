import { expect, test as pure } from "vitest";
import { automationWorkflows, communicationTemplates, templateVersions } from "#db/schema/index";
import { parseDefinition } from "#engine/definition";
import { findReferenceProblems } from "#engine/references";
import { triggers } from "#engine/triggers/index";
import { checkTemplate } from "#messaging/check-template";
import { listPlaceholders } from "#messaging/list-placeholders";
import { sampleValues, standingNames } from "#messaging/placeholders";
import { compileTemplate } from "#messaging/render";
import { test } from "../../test/support/database.ts";
import { loadStarters } from "./load-starters.ts";
import { starterTemplates } from "./starter-templates.ts";
import { starterWorkflows } from "./starter-workflows.ts";

const factsOf = (template: string) =>
  starterWorkflows
    .filter(({ steps }) => steps.some(({ params }) => params.template_id === template))
    .flatMap(({ trigger }) =>
      Object.entries(triggers.get(trigger.type as "birthday").facts as Record<string, { sample: string }>),
    );

test("starters are loaded once, switched off, and every part of them is sound", async ({ tx }) => {
  expect(await loadStarters(tx)).toEqual({ templates: 6, workflows: 3 });
  expect(await loadStarters(tx)).toEqual({ templates: 0, workflows: 0 });

  for (const workflow of await tx.select().from(automationWorkflows)) {
    expect(workflow.isEnabled).toBe(false);
    const { definition, problems } = parseDefinition(workflow);
    expect(problems).toEqual([]);
    expect(definition && (await findReferenceProblems(tx, definition))).toEqual([]);
  }
  const templates = await tx.select().from(communicationTemplates);
  for (const { content, templateId } of await tx.select().from(templateVersions)) {
    const { name = "", placeholders } = templates.find(({ id }) => id === templateId) ?? {};
    const known = new Set([...standingNames, ...factsOf(name).map(([fact]) => fact)]);
    expect(placeholders).toEqual(listPlaceholders(content));
    expect(checkTemplate(content, known)).toEqual([]);
  }
});

test("what a gym changed stays changed", async ({ tx }) => {
  await loadStarters(tx);
  await tx.update(communicationTemplates).set({ title: "Our own" });
  await tx.update(automationWorkflows).set({ cooldownPeriodDays: 99 });
  await loadStarters(tx);
  expect(new Set((await tx.select().from(communicationTemplates)).map(({ title }) => title))).toEqual(
    new Set(["Our own"]),
  );
  expect(
    (await tx.select().from(automationWorkflows)).every(({ cooldownPeriodDays }) => cooldownPeriodDays === 99),
  ).toBe(true);
});

const gym = { name: "Training Club", postalAddress: "Langstrasse 120\n8004 Zürich", language: "en" };
const links = { appUrl: "https://app.gym.example", unsubscribeUrl: "https://app.gym.example/u" };

pure.for(["en", "de"])("nothing is left open in %s, whether all is known of a member or nothing", (language) => {
  for (const template of starterTemplates) {
    const content = {
      ...{ class: "marketing" as const, language: "en", icon: "info", title: "Notification", translations: {} },
      ...template,
      ...{
        subject: template.subject ?? null,
        body_html: template.bodyHtml ?? null,
        body_text: template.bodyText ?? null,
      },
      ...{ from_address: null, from_name: null, action_url: null },
    };
    const compiled = compileTemplate(content, language, gym);
    const facts = Object.fromEntries(factsOf(template.name).map(([name, { sample }]) => [name, sample]));
    expect(compiled.language).toBe(language);
    for (const values of [
      { ...sampleValues(), ...facts },
      { join_date: "2025-03-17", expires_on: "2026-12-31" },
    ]) {
      const { subject, title, text } = compiled.render(values, links);
      expect(subject + title + text).not.toMatch(/\{|\}|undefined|null| {2}|, ?[.!?]|!/);
    }
  }
});
