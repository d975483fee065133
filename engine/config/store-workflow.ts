import { isDeepStrictEqual } from "node:util";
import type { Tx } from "#db/client";
import type { ConfigWorkflow } from "#db/queries/config";
import type { Clock } from "../define.ts";
import { type Definition, parseDefinition } from "../definition.ts";
import { saveWorkflow } from "../save-workflow.ts";
import { switchOff, switchOn } from "../switching.ts";
import type { WorkflowEntry } from "./config-file.ts";
import { mapPicks } from "./map-picks.ts";

export type WorkflowChange = { kind: "created" | "updated" | "unchanged"; switched: "on" | "off" | null };

type Given = {
  entry: WorkflowEntry;
  definition: Definition;
  /** The workflow of that name, if there is one. */
  before: ConfigWorkflow | undefined;
  /** What each template id of the file is here. */
  ids: ReadonlyMap<unknown, number | undefined>;
  includeCurrent?: boolean;
};

/** Stores one workflow of a file, and switches it as the file has it. */
export async function storeWorkflow(
  tx: Tx,
  { entry, definition: parsed, before, ids, includeCurrent = false }: Given,
  clock: Clock,
): Promise<WorkflowChange> {
  const steps = mapPicks(parsed.steps, ({ kind, value }) => (kind === "staff" ? value : ids.get(value)));
  const definition = { ...parsed, steps } as Definition;
  const isOn = before?.isEnabled ?? false;
  const shallBeOn = entry.is_enabled ?? isOn;
  // Off first: what is saved then needs no baseline.
  if (before && isOn && !shallBeOn) {
    await switchOff(tx, { workflowId: before.id, actorId: null }, clock);
  }
  const isUnchanged = before !== undefined && isSame(before, entry, definition);
  const { id } = isUnchanged ? before : await saveWorkflow(tx, toInput(), clock);
  if (shallBeOn && !isOn) {
    await switchOn(tx, { workflowId: id, includeCurrent, actorId: null }, clock);
  }
  return {
    kind: before === undefined ? "created" : isUnchanged ? "unchanged" : "updated",
    switched: shallBeOn === isOn ? null : shallBeOn ? "on" : "off",
  };

  function toInput() {
    const { name, description, cooldown_period_days: cooldownPeriodDays } = entry;
    return { ...definition, id: before?.id, name, description, cooldownPeriodDays, includeCurrent, actorId: null };
  }
}

function isSame(before: ConfigWorkflow, entry: WorkflowEntry, definition: Definition): boolean {
  return isDeepStrictEqual(
    [before.description, before.cooldownPeriodDays, parseDefinition(before).definition],
    [entry.description, entry.cooldown_period_days, definition],
  );
}
