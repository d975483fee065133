import type { Db } from "#db/client";
import { listWorkflowRows, type WorkflowListRow } from "#db/queries/workflow-list";
import { addDays } from "#lib/calendar";
import type { Clock } from "../define.ts";
import { findProblemsOfAll } from "../references.ts";
import { describeWorkflow } from "../summary.ts";
import { readDraft } from "./draft.ts";

export const workflowStates = ["on", "off", "draft", "attention", "archived"] as const;

/** `draft`: was never published, or has changes that are not. `attention`: it, its last sweep or held runs need somebody. */
export type WorkflowState = (typeof workflowStates)[number];

export type WorkflowFilter = { text?: string; state?: WorkflowState };

export type ListedWorkflow = {
  id: number;
  name: string;
  description: string;
  /** Never published: it has no version yet. */
  isNew: boolean;
  hasDraft: boolean;
  isEnabled: boolean;
  /** ISO instant. */
  archivedAt: string | null;
  /** Null when the trigger cannot be read. */
  triggerLabel: string | null;
  triggerSummary: string | null;
  stepSummaries: string[];
  cooldownDays: number;
  /** What must be put right before it can run; of one that was never published, before it can be published. */
  problems: string[];
  /** Runs that began within the last 30 gym days, today included. */
  started: number;
  /** Those on each of the days, the oldest first: 30 numbers. */
  startedByDay: number[];
  /** Of the runs started then: those that went through to their end. */
  done: number;
  /** Of the runs started then: all that are over, whichever way. */
  ended: number;
  /** Runs in progress now. */
  active: number;
  /** Runs that the brake holds. */
  held: number;
  lastSweep: {
    /** ISO instant. */
    at: string;
    matched: number;
    started: number;
    held: number;
    problems: number;
  } | null;
  /** ISO instant, and whose name. */
  editedAt: string;
  editor: string | null;
};

export type WorkflowList = {
  /** Those that pass the filter: what is on first, then by name. */
  workflows: ListedWorkflow[];
  /** How many there are of each state, whatever the filter's text. */
  counts: Record<WorkflowState, number>;
};

export async function listWorkflows(db: Db, { text = "", state }: WorkflowFilter, clock: Clock): Promise<WorkflowList> {
  const rows = await listWorkflowRows(db, clock);
  const contents = rows.map((row) => (row.isNew ? readDraft(row.draft) : row));
  const judged = await findProblemsOfAll(db, contents);
  const all = rows.map((row, index) => {
    const { name, description, cooldownPeriodDays, ...parts } = contents[index] ?? row;
    const problems = (judged[index]?.problems ?? []).map(({ message }) => message);
    const head = { name: name || row.name, description, cooldownDays: cooldownPeriodDays ?? 0 };
    return { ...toListed(row, clock), ...head, ...describeParts(parts), problems };
  });
  const wanted = text.trim().toLowerCase();
  const says = ({ name, description, triggerSummary }: ListedWorkflow) =>
    [name, description, triggerSummary ?? ""].some((words) => words.toLowerCase().includes(wanted));
  const isShown = (workflow: ListedWorkflow) => (state ? isOf[state](workflow) : workflow.archivedAt === null);
  return {
    workflows: all.filter((workflow) => isShown(workflow) && says(workflow)).sort(byStateAndName),
    counts: Object.fromEntries(
      workflowStates.map((state) => [state, all.filter(isOf[state]).length]),
    ) as WorkflowList["counts"],
  };
}

const describeParts = (parts: Parameters<typeof describeWorkflow>[0]) => {
  const { triggerLabel, triggerSummary, stepSummaries } = describeWorkflow(parts);
  return { triggerLabel, triggerSummary, stepSummaries };
};

const isThere = ({ archivedAt }: ListedWorkflow) => archivedAt === null;

type Attention = Pick<ListedWorkflow, "archivedAt" | "isNew" | "isEnabled" | "held"> & {
  problems: unknown[];
  lastSweep: { problems: number } | null;
};

export const needsAttention = ({ archivedAt, isNew, isEnabled, problems, held, lastSweep }: Attention): boolean =>
  archivedAt === null && ((!isNew && problems.length > 0) || held > 0 || (isEnabled && (lastSweep?.problems ?? 0) > 0));

const isOf: Record<WorkflowState, (workflow: ListedWorkflow) => boolean> = {
  on: ({ isEnabled }) => isEnabled,
  off: (workflow) => isThere(workflow) && !workflow.isEnabled && !workflow.isNew,
  draft: (workflow) => isThere(workflow) && (workflow.isNew || workflow.hasDraft),
  attention: needsAttention,
  archived: (workflow) => !isThere(workflow),
};

function toListed(row: WorkflowListRow, { today }: Clock) {
  const { id, isNew, draft, isEnabled, archivedAt, started, startedByDay, done, ended, active, held, lastSweep } = row;
  return {
    ...{ id, isNew, isEnabled, started, done, ended, active, held },
    hasDraft: draft !== null,
    archivedAt: archivedAt?.toISOString() ?? null,
    startedByDay: Array.from({ length: 30 }, (_, index) => startedByDay[addDays(today, index - 29)] ?? 0),
    lastSweep: lastSweep && toSweep(lastSweep),
    editedAt: row.revisedAt.toISOString(),
    editor: row.editor,
  };
}

function toSweep({ at, counts }: NonNullable<WorkflowListRow["lastSweep"]>) {
  const { matched = 0, started = 0, held = 0, problems = 0 } = counts ?? {};
  return { at: new Date(at).toISOString(), matched, started, held, problems };
}

/** What is on comes first; "25 visits" before "100 visits". */
const byStateAndName = (a: ListedWorkflow, b: ListedWorkflow) =>
  Number(b.isEnabled) - Number(a.isEnabled) || a.name.localeCompare(b.name, "en", { numeric: true });
