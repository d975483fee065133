import type { Db } from "#db/client";
import { listConfigWorkflows } from "#db/queries/config";
import { listTemplateUses } from "#db/queries/templates";
import { type Placeholder, standingNames, standingPlaceholders } from "#lib/templates/placeholders";
import type { Trigger } from "./define.ts";
import { type Definition, parseDefinition } from "./definition.ts";
import { layOut } from "./steps.ts";
import { triggers } from "./triggers/index.ts";

/** Placeholders with what gives them: every template, a trigger, a workflow's own context. */
export type NameGroup = { from: string; placeholders: Placeholder[] };

export type TemplateNames = {
  /** Those worth offering: of the workflows that send the template; while none does, of all triggers. */
  offered: NameGroup[];
  /** Every name that something gives. All others are misspelt. */
  known: ReadonlySet<string>;
  /** What placeholders are likely to say, beyond the standing ones. */
  samples: Record<string, string>;
  /** The workflows that send the template, with all names that are something there. */
  senders: { id: number; name: string; given: ReadonlySet<string> }[];
};

/** What a template may say. Workflows that do not parse give nothing. Without an id: of one that nobody sends yet. */
export async function readTemplateNames(db: Db, templateId: number | null): Promise<TemplateNames> {
  const uses = templateId === null ? [] : await listTemplateUses(db, templateId);
  const stored = await listConfigWorkflows(db);
  const workflows = stored.flatMap(({ id, name, ...parts }) => {
    const { definition } = parseDefinition(parts);
    return definition ? [{ id, name, definition, context: contextOf(definition) }] : [];
  });
  const senders = workflows.filter(({ id }) => uses.some((use) => use.id === id));
  const types = new Set(senders.map(({ definition }) => definition.trigger.type));
  const facts = triggers.entries.map((trigger) => ({
    type: trigger.type,
    from: trigger.label,
    placeholders: factsOf(trigger),
  }));
  const offeredFacts = types.size > 0 ? facts.filter(({ type }) => types.has(type)) : facts;
  const contexts = (of: typeof workflows) =>
    of.map(({ name, context }) => ({ from: `Workflow “${name}”`, placeholders: context }));
  const all = [...facts, ...contexts(workflows)].flatMap(({ placeholders }) => placeholders);
  return {
    offered: [{ from: "Member and gym", placeholders: standingPlaceholders }, ...offeredFacts, ...contexts(senders)]
      .map(({ from, placeholders }) => ({ from, placeholders }))
      .filter(({ placeholders }) => placeholders.length > 0),
    known: new Set([...standingNames, ...all.map(({ name }) => name)]),
    samples: Object.fromEntries(all.map(({ name, sample }) => [name, sample])),
    senders: senders.map(({ id, name, definition, context }) => ({
      id,
      name,
      given: new Set([
        ...standingNames,
        ...Object.keys(triggers.get(definition.trigger.type).facts),
        ...context.map((placeholder) => placeholder.name),
      ]),
    })),
  };
}

const factsOf = ({ facts }: Trigger): Placeholder[] =>
  Object.entries(facts).map(([name, { label, sample }]) => ({ name, label, sample }));

/** The names that a workflow and its steps add, with the first value of each. */
function contextOf(definition: Definition): Placeholder[] {
  const contexts = [definition, ...layOut(definition.steps).map(({ step }) => step)].map(({ context }) => context);
  const values = new Map(contexts.toReversed().flatMap((context) => Object.entries(context)));
  return [...values].map(([name, value]) => ({ name, label: name, sample: String(value) }));
}
