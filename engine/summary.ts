import { actions } from "./actions/index.ts";
import type { Trigger } from "./define.ts";
import { parseDefinition, type StoredDefinition } from "./definition.ts";
import { layOut, type Step } from "./steps.ts";
import { triggers } from "./triggers/index.ts";

/** A stored workflow in words, or what is wrong with it. */
export function describeWorkflow(stored: StoredDefinition) {
  const { definition, problems } = parseDefinition(stored);
  if (!definition) {
    return { triggerLabel: null, triggerSummary: null, stepSummaries: [], problems };
  }
  const trigger: Trigger = triggers.get(definition.trigger.type);
  return {
    triggerLabel: trigger.label,
    triggerSummary: `When a member ${trigger.summarize(definition.trigger.params)}`,
    stepSummaries: layOut(definition.steps).map(({ step }) => summarizeStep(step)),
    problems,
  };
}

function summarizeStep(step: Step): string {
  if ("action" in step) {
    return actions.get(step.action.type).label;
  }
  if ("branch" in step) {
    return "Decide";
  }
  const parts = Object.entries(step.wait).map(([unit, count]) => `${count} ${count === 1 ? unit.slice(0, -1) : unit}`);
  return `Wait ${parts.join(" ")}`;
}
