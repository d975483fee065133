import { isDeepStrictEqual } from "node:util";
import { fieldOf } from "../raw-steps.ts";
import { inspectJson } from "../readable.ts";
import { triggers } from "../triggers/index.ts";
import { describeCondition, describeTrigger, type PickName } from "../words.ts";
import type { Draft } from "./draft.ts";
import { describeStepChanges } from "./step-changes.ts";

/** What differs between two contents of a workflow, in words. */
export type Change = {
  of: "name" | "description" | "cooldown" | "trigger" | "step" | "context" | "exit";
  kind: "added" | "removed" | "changed" | "moved";
  /** "Wait 3 days → Wait 5 days" */
  words: string;
  stepId?: number;
};

/** From what is live, or an earlier version, to what would be. Contents that differ in how they are written alone are the same. */
export function describeChanges(before: Draft, after: Draft, nameOf: PickName): Change[] {
  const isReadable = [before, after].every((content) => inspectJson({ ...content }).isReadable);
  return isReadable
    ? [
        ...describeHead(before, after),
        ...describeTriggers(before.trigger, after.trigger),
        ...describeStepChanges(before.steps, after.steps, nameOf),
        ...describeContexts(before.context, after.context),
        ...describeExits(before.exitWhen, after.exitWhen, nameOf),
      ]
    : [{ of: "step", kind: "changed", words: "One of the two is too large to be compared" }];
}

function describeHead(before: Draft, after: Draft): Change[] {
  const changed = (of: Change["of"], words: string): Change => ({ of, kind: "changed", words });
  const days = ({ cooldownPeriodDays: count }: Draft) => `${count ?? "no"} ${count === 1 ? "day" : "days"}`;
  return [
    ...(before.name === after.name ? [] : [changed("name", `Name: ${before.name} → ${after.name}`)]),
    ...(before.description === after.description ? [] : [changed("description", "Description")]),
    ...(before.cooldownPeriodDays === after.cooldownPeriodDays
      ? []
      : [changed("cooldown", `Cooldown: ${days(before)} → ${days(after)}`)]),
  ];
}

function describeTriggers(before: unknown, after: unknown): Change[] {
  const same = isDeepStrictEqual(triggers.check(before).data ?? before, triggers.check(after).data ?? after);
  return same
    ? []
    : [{ of: "trigger", kind: "changed", words: `${describeTrigger(before)} → ${describeTrigger(after)}` }];
}

function describeContexts(before: unknown, after: unknown): Change[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].flatMap((name): Change[] => {
    const [old, now] = [fieldOf(before, name), fieldOf(after, name)];
    if (isDeepStrictEqual(old, now)) {
      return [];
    }
    const kind = old === undefined ? "added" : now === undefined ? "removed" : "changed";
    return [{ of: "context", kind, words: `Value “${name}”` }];
  });
}

function describeExits(before: unknown, after: unknown, nameOf: PickName): Change[] {
  const [old, now] = [before, after].map((list) => (Array.isArray(list) ? (list as unknown[]) : []));
  const without = (list: unknown[] = [], others: unknown[] = []) =>
    list.filter((condition) => !others.some((other) => isDeepStrictEqual(condition, other)));
  const tell =
    (kind: Change["kind"]) =>
    (condition: unknown): Change => ({
      of: "exit",
      kind,
      words: `Ends when: ${describeCondition(condition, nameOf)}`,
    });
  return [...without(now, old).map(tell("added")), ...without(old, now).map(tell("removed"))];
}
