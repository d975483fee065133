import { type Db, type Tx, withSavepoint, withTransaction } from "#db/client";
import { listConfigWorkflows, listStaffByAddress, lockConfig } from "#db/queries/config";
import { readSenderDomain } from "#db/queries/gym";
import { AppError } from "#lib/errors";
import type { Clock } from "../define.ts";
import { parseDefinition } from "../definition.ts";
import { checkConfig, contextOf, type TemplateRules } from "./check-config.ts";
import type { FileProblem } from "./config-file.ts";
import type { ParsedConfig } from "./parse-config.ts";
import { type Counts, storeTemplates } from "./store-templates.ts";
import { storeWorkflow, type WorkflowChange } from "./store-workflow.ts";

export type ImportOptions = {
  rules: TemplateRules;
  /** What is switched on starts also for those who match now. Otherwise only from now on. */
  includeCurrent?: boolean;
  /** Does everything, and then takes it back. */
  isDryRun?: boolean;
  /** Adds what is not there yet, by name, and leaves the rest as it is. */
  onlyMissing?: boolean;
};

export type ConfigImport = {
  templates: Counts;
  workflows: Counts & { switchedOn: number; switchedOff: number };
  /** What was taken, and is worth a second look. */
  warnings: FileProblem[];
  /** Why nothing was taken. All of it, at once. */
  problems: FileProblem[];
};

/** Thrown to take everything back that was written since the savepoint. */
class Undone extends Error {
  constructor(readonly result: ConfigImport) {
    super("undone");
  }
}

/** Brings templates and workflows in, by name: all of them, or none and every reason why. */
export async function importConfig(
  db: Db,
  parsed: ParsedConfig,
  options: ImportOptions,
  clock: Clock,
): Promise<ConfigImport> {
  return withTransaction(db, async (outer) => {
    await lockConfig(outer);
    try {
      return await withSavepoint(outer, async (tx) => {
        const result = await importWithin(tx, parsed, options, clock);
        if (options.isDryRun || result.problems.length > 0) {
          throw new Undone(result);
        }
        return result;
      });
    } catch (error) {
      if (error instanceof Undone) {
        return error.result;
      }
      throw error;
    }
  });
}

const none: Counts = { created: 0, updated: 0, unchanged: 0 };
const nothing = { templates: none, workflows: { ...none, switchedOn: 0, switchedOff: 0 } };

async function importWithin(tx: Tx, parsed: ParsedConfig, options: ImportOptions, clock: Clock): Promise<ConfigImport> {
  const { rules, onlyMissing = false } = options;
  const stored = await listConfigWorkflows(tx);
  const contextNames = new Set(
    stored.flatMap((workflow) => {
      const { definition } = parseDefinition(workflow);
      return definition ? [...contextOf(definition)] : [];
    }),
  );
  const staff = await listStaffByAddress(tx);
  const checked = checkConfig(parsed, { rules, contextNames, staff, senderDomain: await readSenderDomain(tx) });
  const { workflows: ready, problems, warnings } = checked;
  if (problems.length > 0) {
    return { ...nothing, warnings, problems };
  }
  const { ids, counts: templates } = await storeTemplates(tx, checked.templates, { onlyMissing }, clock);

  const byName = new Map(stored.map((workflow) => [workflow.name, workflow]));
  const changes: WorkflowChange[] = [];
  for (const workflow of ready) {
    const before = byName.get(workflow.entry.name);
    if (before && onlyMissing) {
      changes.push({ kind: "unchanged", switched: null });
      continue;
    }
    const change = await storeOrExplain(
      tx,
      { ...workflow, before, ids, includeCurrent: options.includeCurrent },
      clock,
    );
    if ("problems" in change) {
      problems.push(...change.problems.map(({ path, message }) => ({ path: `${workflow.path}.${path}`, message })));
    } else {
      changes.push(change);
    }
  }
  return problems.length > 0
    ? { ...nothing, warnings, problems }
    : { templates, workflows: countChanges(changes), warnings, problems };
}

/** What the engine refuses by itself joins the other problems; those of the workflows behind it are still looked for. */
async function storeOrExplain(tx: Tx, given: Parameters<typeof storeWorkflow>[1], clock: Clock) {
  try {
    return await withSavepoint(tx, (inner) => storeWorkflow(inner, given, clock));
  } catch (error) {
    if (!(error instanceof AppError)) {
      throw error;
    }
    const fields = Object.entries(error.fields).map(([path, message]) => ({ path, message }));
    return { problems: fields.length > 0 ? fields : [{ path: "name", message: error.message }] };
  }
}

function countChanges(changes: WorkflowChange[]): ConfigImport["workflows"] {
  const count = (isCounted: (change: WorkflowChange) => boolean) => changes.filter(isCounted).length;
  return {
    created: count(({ kind }) => kind === "created"),
    updated: count(({ kind }) => kind === "updated"),
    unchanged: count(({ kind }) => kind === "unchanged"),
    switchedOn: count(({ switched }) => switched === "on"),
    switchedOff: count(({ switched }) => switched === "off"),
  };
}
