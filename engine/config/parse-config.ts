import type { z } from "zod";
import { checkFields, type Fault } from "../describe-problem.ts";
import {
  type FileProblem,
  frame,
  type TemplateEntry,
  templateEntry,
  type WorkflowEntry,
  workflowEntry,
} from "./config-file.ts";
import { findUnstorable, readJson } from "./read-json.ts";

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
  if (problems.length > 0) {
    return { ...nothing(), problems };
  }
  const parsed = parseConfigValue(value);
  const parts = new Set(parsed.workflows.flatMap(({ path }) => definitionParts.map((part) => `${path}.${part}`)));
  // Those parts are asked the same again where they are read.
  const isAskedLater = ({ path }: FileProblem) => parts.has(path.split(".").slice(0, 3).join("."));
  const unstorable = findUnstorable(value).filter((problem) => !isAskedLater(problem));
  return { ...parsed, problems: [...unstorable, ...parsed.problems] };
}

const definitionParts = ["trigger", "steps", "context", "exit_when"];

/** The same for what is JSON already, such as the configuration that comes with the product. */
export function parseConfigValue(value: unknown): ParsedConfig {
  const { data, faults } = checkFields(frame, value);
  if (!data) {
    return { ...nothing(), problems: faults.map((fault) => toProblem([], fault)) };
  }
  const templates = parseEntries(templateEntry, data.templates, "templates");
  const workflows = parseEntries(workflowEntry, data.workflows, "workflows");
  return {
    templates: templates.entries,
    workflows: workflows.entries,
    unreadable: new Set(templates.refused.map(idOf)),
    problems: [...templates.problems, ...workflows.problems],
  };
}

const nothing = () => ({ templates: [], workflows: [], unreadable: new Set() });

function parseEntries<Fields extends z.ZodObject>(schema: Fields, values: unknown[], list: string) {
  const entries: Placed<z.output<Fields>>[] = [];
  const refused: unknown[] = [];
  const problems: FileProblem[] = [];
  for (const [index, value] of values.entries()) {
    const path = `${list}.${index}`;
    const { data: entry, faults } = checkFields(schema, value);
    if (entry) {
      entries.push({ path, entry });
    } else {
      refused.push(value);
      problems.push(...faults.map((fault) => toProblem([path], fault)));
    }
  }
  return { entries, refused, problems };
}

/** The path names the field already. */
function toProblem(at: string[], { path, message }: Fault): FileProblem {
  const label = `${String(path.at(-1))}: `;
  return {
    path: [...at, ...path].join("."),
    message: message.startsWith(label) ? message.slice(label.length) : message,
  };
}

const idOf = (value: unknown) => (typeof value === "object" && value !== null && "id" in value ? value.id : undefined);
