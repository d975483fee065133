import type { Problem } from "#engine/definition";
import type { DraftStep } from "./draft.ts";
import { findStep } from "./edit-steps.ts";

export type { Problem };

/** What is wrong, by whose card says so: a step's id, the trigger, or the workflow itself. */
export type ProblemsByOwner = Map<number | "trigger" | "workflow", Problem[]>;

export function groupProblems(problems: Problem[], steps: DraftStep[]): ProblemsByOwner {
  const grouped: ProblemsByOwner = new Map();
  for (const problem of problems) {
    const owner = ownerOf(problem.path, steps);
    grouped.set(owner, [...(grouped.get(owner) ?? []), { ...problem, message: shorten(problem.message) }]);
  }
  return grouped;
}

/** Beside what it is about, its place and its stored type need no saying, nor that nothing was given. */
const shorten = (message: string): string =>
  message.replace(/^(Step|Exit)[^:]*: /, "").replace(" (you gave nothing)", "");

function ownerOf(path: string, steps: DraftStep[]): number | "trigger" | "workflow" {
  const [head, ...rest] = path.split(".");
  if (head === "trigger") {
    return "trigger";
  }
  let owner: number | "workflow" = "workflow";
  let list: DraftStep[] = head === "steps" ? steps : [];
  for (const key of rest) {
    const step = list[Number(key)];
    if (step) {
      owner = step.id;
      list = [];
    } else if (owner !== "workflow" && (key === "then" || key === "else")) {
      const holder = findStep(steps, owner);
      list = holder && "branch" in holder ? holder.branch[key] : [];
    }
  }
  return owner;
}

/** Those within one part of what they are about, with the rest of their paths. */
export const problemsWithin = (problems: Problem[], part: string): Problem[] =>
  problems.flatMap(({ path, message }) =>
    path.startsWith(`${part}.`) ? [{ path: path.slice(part.length + 1), message }] : [],
  );

/** Those of a step, from its action, wait or branch on. */
export const problemsOfStep = (problems: Problem[]): Problem[] =>
  problems.map(({ path, message }) => ({
    path: path.slice(/^steps(\.\d+|\.branch\.(then|else)(?=\.\d))*\.?/.exec(path)?.[0].length),
    message,
  }));

/** What is wrong with one parameter. */
export const problemOf = (problems: Problem[], field: string): string | undefined =>
  problems.find(({ path }) => `${path}.`.startsWith(`params.${field}.`))?.message;

/** Those that no field on the page tells by itself. */
export const withoutField = (problems: Problem[], fieldNames: Set<string>): Problem[] =>
  problems.filter(({ path }) => !fieldNames.has(/\.params\.([^.]+)/.exec(path)?.[1] ?? ""));
