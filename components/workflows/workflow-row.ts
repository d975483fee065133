import type { ActionResult } from "#lib/action-result";

/** A workflow as the list shows it: in words, ready to print. */
export type WorkflowRow = {
  id: number;
  name: string;
  description: string;
  /** "When a member …"; null when the stored trigger cannot be read. */
  triggerSummary: string | null;
  stepSummaries: string[];
  /** What must be put right before it can run. */
  problems: string[];
  isEnabled: boolean;
  isArchived: boolean;
  /** Never published. */
  isNew: boolean;
  hasDraft: boolean;
  /** Of the last 30 days. */
  started: number;
  /** Those of each of the days, the oldest first. */
  startedByDay: number[];
  active: number;
  ended: number;
  /** Runs that the brake holds until an admin approves or discards them. */
  held: number;
  lastSwept: string | null;
};

/** What the list can do, if whoever looks at it may. */
export type WorkflowActions = {
  countMatching(input: { workflowId: number }): Promise<ActionResult<{ matching: number }>>;
  switchOn(input: { workflowId: number; includeCurrent: boolean }): Promise<ActionResult<{ requestId: number | null }>>;
  switchOff(input: { workflowId: number }): Promise<ActionResult<null>>;
  undoSwitchOff(input: { workflowId: number }): Promise<ActionResult<null>>;
  approveHeld(input: { workflowId: number }): Promise<ActionResult<{ runs: number }>>;
  discardHeld(input: { workflowId: number }): Promise<ActionResult<{ runs: number }>>;
  runNow(input: { workflowId: number }): Promise<ActionResult<{ requestId: number }>>;
  duplicate(input: { workflowId: number; token: string }): Promise<ActionResult<{ id: number }>>;
  archive(input: { workflowId: number }): Promise<ActionResult<unknown>>;
  unarchive(input: { workflowId: number }): Promise<ActionResult<unknown>>;
};
