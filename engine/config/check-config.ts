import type { TemplateContent } from "#db/schema/templates";
import { type Definition, parseDefinition } from "../definition.ts";
import { findTextProblems } from "../step-texts.ts";
import { layOut } from "../steps.ts";
import { triggers } from "../triggers/index.ts";
import type { FileProblem, TemplateEntry, WorkflowEntry } from "./config-file.ts";
import { mapPicks } from "./map-picks.ts";
import type { ParsedConfig, Placed } from "./parse-config.ts";

type Finding = { field: string; line: number; column: number; severity: "error" | "warning"; message: string };

type Prepared = { content: TemplateContent; problems: Finding[] };

/** How templates are judged, and made fit to be stored: messaging knows, and is brought along. */
export type TemplateRules = {
  standingNames: ReadonlySet<string>;
  prepareTemplate(
    content: TemplateContent,
    known: ReadonlySet<string>,
    around: { senderDomain?: string; samples?: Record<string, string> },
  ): Prepared;
  listPlaceholders(content: TemplateContent): string[];
};

/** What is known beyond the file. */
export type Surroundings = {
  rules: TemplateRules;
  /** Names of workflow and step context in workflows that are stored already. */
  contextNames: ReadonlySet<string>;
  /** The staff members who have an address, in small letters. Several where they share it. */
  staff: ReadonlyMap<string, number[]>;
  /** Where templates may say that they come from. */
  senderDomain: string;
};

/** A workflow whose parts are sound. Its steps still name templates by the file's ids. */
export type ReadyWorkflow = Placed<WorkflowEntry> & { definition: Definition };

/** A sound template without what was unsafe in it, with the names that it takes. */
export type ReadyTemplate = { entry: TemplateEntry; placeholders: string[] };

type Checked = {
  templates: ReadyTemplate[];
  workflows: ReadyWorkflow[];
  problems: FileProblem[];
  warnings: FileProblem[];
};

const channelOf = { email_template: "email", in_app_template: "in_app", sms_template: "sms" } as const;

/** Everything that is wrong with a file whose entries could be read, and what is worth a second look. */
export function checkConfig(parsed: ParsedConfig, around: Surroundings): Checked {
  const problems = [
    ...parsed.problems,
    ...findDoubles(parsed.templates, "id", ({ id }) => id),
    ...findDoubles(parsed.templates, "name", ({ channel, name }) => `${channel} ${name}`),
    ...findDoubles(parsed.workflows, "id", ({ id }) => id),
    ...findDoubles(parsed.workflows, "name", ({ name }) => name),
  ];
  const checked = parsed.workflows.map((placed) => ({ ...placed, ...checkWorkflow(placed, parsed, around) }));
  const workflows = checked.flatMap(({ path, entry, definition }) => (definition ? [{ path, entry, definition }] : []));
  const findings = checkTemplates(parsed.templates, workflows, around);
  return {
    templates: findings.ready,
    workflows,
    problems: [...problems, ...checked.flatMap((workflow) => workflow.problems), ...findings.problems],
    warnings: findings.warnings,
  };
}

function findDoubles<Entry>(entries: Placed<Entry>[], field: string, keyOf: (entry: Entry) => unknown): FileProblem[] {
  const first = new Map<unknown, string>();
  return entries.flatMap(({ path, entry }) => {
    const key = keyOf(entry);
    const earlier = first.get(key);
    if (key === undefined || earlier === undefined) {
      first.set(key, path);
      return [];
    }
    return [{ path: `${path}.${field}`, message: `is the same as that of ${earlier}; each has its own` }];
  });
}

function checkWorkflow({ path, entry }: Placed<WorkflowEntry>, parsed: ParsedConfig, { staff }: Surroundings) {
  const channels = new Map(parsed.templates.map((template) => [template.entry.id, template.entry.channel]));
  const problems: FileProblem[] = [];
  const refuse = (at: string, message: string) => problems.push({ path: `${path}.${at}`, message });
  const steps = mapPicks(entry.steps, ({ kind, value, path: at }) => {
    if (kind === "staff") {
      const ids = (typeof value === "string" && staff.get(value.toLowerCase())) || [];
      if (ids.length !== 1) {
        refuse(at, explainStaff(value, ids.length));
      }
      return ids[0] ?? 1;
    }
    const channel = typeof value === "number" ? channels.get(value) : undefined;
    if (typeof value === "number" && channel === undefined && !parsed.unreadable.has(value)) {
      refuse(at, `${value} is the id of no template in this file`);
    } else if (channel !== undefined && channel !== channelOf[kind]) {
      refuse(at, `Template ${value} is for ${channel}, and this step takes one for ${channelOf[kind]}`);
    }
    return value;
  });
  const { trigger, context, exit_when: exitWhen } = entry;
  const parts = { trigger, steps, context, exitWhen };
  const { definition, problems: faults } = parseDefinition(parts);
  for (const fault of [...faults, ...findTextProblems(parts)]) {
    refuse(fault.path, fault.message);
  }
  return { definition, problems };
}

function explainStaff(value: unknown, found: number): string {
  if (typeof value !== "string") {
    return "In a file a staff member is named by email address";
  }
  return found > 1
    ? `${found} staff members share the address ${value}`
    : `Nobody on the staff has the address ${value}`;
}

/** A name that nothing gives is refused; one that only other workflows give is empty here, and worth a warning. */
function checkTemplates(templates: Placed<TemplateEntry>[], workflows: ReadyWorkflow[], around: Surroundings) {
  const { rules, contextNames, senderDomain } = around;
  const facts = triggers.entries.flatMap((trigger) => Object.entries<{ sample: string }>(trigger.facts));
  const samples = Object.fromEntries(facts.map(([name, { sample }]) => [name, sample]));
  const everything = new Set([
    ...rules.standingNames,
    ...Object.keys(samples),
    ...contextNames,
    ...workflows.flatMap(({ definition }) => [...contextOf(definition)]),
  ]);
  const ready: ReadyTemplate[] = [];
  const problems: FileProblem[] = [];
  const warnings: FileProblem[] = [];
  for (const { path, entry } of templates) {
    const { content, problems: findings } = rules.prepareTemplate(contentOf(entry), everything, {
      senderDomain,
      samples,
    });
    for (const { severity, ...finding } of findings) {
      (severity === "error" ? problems : warnings).push(toProblem(path, finding));
    }
    if (!findings.some(({ severity }) => severity === "error")) {
      const placeholders = rules.listPlaceholders(content);
      ready.push({ entry: { ...entry, ...content } as TemplateEntry, placeholders });
      warnings.push(...findEmptyNames({ path, entry }, placeholders, workflows, rules));
    }
  }
  return { ready, problems, warnings };
}

const toProblem = (path: string, { field, line, column, message }: Omit<Finding, "severity">): FileProblem => ({
  path: `${path}.${field}`,
  message: `line ${line}, column ${column}: ${message}`,
});

function findEmptyNames(
  { path, entry }: Placed<TemplateEntry>,
  names: string[],
  workflows: ReadyWorkflow[],
  { standingNames }: TemplateRules,
): FileProblem[] {
  return workflows.flatMap(({ entry: { name }, definition }) => {
    if (entry.id === undefined || !templatesOf(definition).has(entry.id)) {
      return [];
    }
    const given = new Set([
      ...standingNames,
      ...Object.keys(triggers.get(definition.trigger.type).facts),
      ...contextOf(definition),
    ]);
    return names
      .filter((placeholder) => !given.has(placeholder))
      .map((placeholder) => ({ path, message: `'${placeholder}' is always empty when "${name}" sends it` }));
  });
}

/** The names of what a workflow and its steps add to what templates may say. */
export const contextOf = (definition: Definition): Set<string> =>
  new Set(
    [definition, ...layOut(definition.steps).map(({ step }) => step)].flatMap(({ context }) => Object.keys(context)),
  );

function templatesOf({ steps }: Definition): Set<unknown> {
  const ids = new Set<unknown>();
  mapPicks(steps, ({ kind, value }) => (kind === "staff" ? value : ids.add(value)));
  return ids;
}

/** The template as its version will hold it. */
export function contentOf({
  id,
  name,
  placeholders,
  created_at,
  updated_at,
  ...content
}: TemplateEntry): TemplateContent {
  return content as TemplateContent;
}
