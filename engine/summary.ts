import { actions } from "./actions/index.ts";
import type { Trigger } from "./define.ts";
import { parseDefinition, type StoredDefinition } from "./definition.ts";
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
    stepSummaries: definition.steps.map(({ action }) => actions.get(action.type).label),
    problems,
  };
}
