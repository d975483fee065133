import type { z } from "zod";
import {
  type FileProblem,
  frame,
  type TemplateEntry,
  templateEntry,
  type WorkflowEntry,
  workflowEntry,
} from "./config-file.ts";
import { readJson } from "./read-json.ts";

/** An entry of the file with where it stands: `templates.3`. */
export type Placed<Entry> = { path: string; entry: Entry };

export type ParsedConfig = {
  templates: Placed<TemplateEntry>[];
  workflows: Placed<WorkflowEntry>[];
  /** Ids of templates that could not be read: a step that names one is not to blame. */
  unreadable: Set<unknown>;
  problems: FileProblem[];
};

/** Reads a configuration file. An entry that cannot be read is left out, and is among the problems. */
export function parseConfig(bytes: Uint8Array): ParsedConfig {
  const { value, problems } = readJson(bytes);
  return problems.length > 0 ? { ...nothing(), problems } : parseConfigValue(value);
}

/** The same for what is JSON already, such as the configuration that comes with the product. */
export function parseConfigValue(value: unknown): ParsedConfig {
  const parsed = frame.safeParse(value);
  if (!parsed.success) {
    return { ...nothing(), problems: problemsOf(parsed.error, "") };
  }
  const templates = parseEntries(templateEntry, parsed.data.templates, "templates");
  const workflows = parseEntries(workflowEntry, parsed.data.workflows, "workflows");
  return {
    templates: templates.entries,
    workflows: workflows.entries,
    unreadable: new Set(templates.refused.map(idOf)),
    problems: [...templates.problems, ...workflows.problems],
  };
}

const nothing = () => ({ templates: [], workflows: [], unreadable: new Set() });

function parseEntries<Entry>(schema: z.ZodType<Entry>, values: unknown[], list: string) {
  const entries: Placed<Entry>[] = [];
  const refused: unknown[] = [];
  const problems: FileProblem[] = [];
  for (const [index, value] of values.entries()) {
    const path = `${list}.${index}`;
    const parsed = schema.safeParse(value);
    if (parsed.success) {
      entries.push({ path, entry: parsed.data });
    } else {
      refused.push(value);
      problems.push(...problemsOf(parsed.error, path));
    }
  }
  return { entries, refused, problems };
}

const problemsOf = ({ issues }: z.ZodError, at: string): FileProblem[] =>
  issues.map(({ path, message }) => ({ path: [at, ...path].filter((part) => part !== "").join("."), message }));

const idOf = (value: unknown) => (typeof value === "object" && value !== null && "id" in value ? value.id : undefined);
