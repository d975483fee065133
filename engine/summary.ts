import { actions } from "./actions/index.ts";
import type { Trigger } from "./define.ts";
import { parseDefinition, type StoredDefinition } from "./definition.ts";
import { inspectJson } from "./readable.ts";
import { layOut, type Step } from "./steps.ts";
import { triggers } from "./triggers/index.ts";

/** A stored workflow in words, as far as it can be read, and what is wrong with it. */
export function describeWorkflow(stored: StoredDefinition) {
  const { definition, problems } = parseDefinition(stored);
  const { trigger } = stored;
  const { data: config } = inspectJson({ trigger }).isReadable ? triggers.check(trigger) : { data: null };
  const used: Trigger | null = config && triggers.get(config.type);
  return {
    triggerLabel: used?.label ?? null,
    triggerSummary: config && used ? `When a member ${used.summarize(config.params)}` : null,
    stepSummaries: definition ? layOut(definition.steps).map(({ step }) => summarizeStep(step)) : [],
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
