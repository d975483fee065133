import { isDeepStrictEqual } from "node:util";
import { fieldOf, listRawSteps } from "../raw-steps.ts";
import { describeStep, type PickName } from "../words.ts";
import type { Change } from "./describe-changes.ts";

type Placed = {
  id: number;
  step: unknown;
  /** What it is in itself, without what its sides hold. */
  own: unknown;
  /** The list that it stands in: "steps", or a side of the branch with that id. */
  list: string;
};

/** Steps are told apart by their ids, wherever they stand. */
export function describeStepChanges(before: unknown, after: unknown, nameOf: PickName): Change[] {
  const [old, now] = [place(before), place(after)];
  const oldById = new Map(old.map((placed) => [placed.id, placed]));
  const ids = new Set(now.map(({ id }) => id));
  const moved = findMoved(old, now);
  const tell = ({ step }: Placed) => describeStep(step, nameOf);
  return [
    ...now.flatMap((placed): Change[] => {
      const { id: stepId } = placed;
      const earlier = oldById.get(stepId);
      if (!earlier) {
        return [{ of: "step", kind: "added", words: tell(placed), stepId }];
      }
      const changes: Change[] = [];
      if (!isDeepStrictEqual(earlier.own, placed.own)) {
        const [from, to] = [tell(earlier), tell(placed)];
        changes.push({
          of: "step",
          kind: "changed",
          words: from === to ? `${to}: its values` : `${from} → ${to}`,
          stepId,
        });
      }
      if (moved.has(stepId)) {
        changes.push({ of: "step", kind: "moved", words: tell(placed), stepId });
      }
      return changes;
    }),
    ...old
      .filter(({ id }) => !ids.has(id))
      .map((placed): Change => ({ of: "step", kind: "removed", words: tell(placed), stepId: placed.id })),
  ];
}

function place(steps: unknown): Placed[] {
  const raw = listRawSteps(steps);
  const byPath = new Map(raw.map(({ path, value }) => [path.join("."), value]));
  return raw.flatMap(({ value: step, path }) => {
    const id = fieldOf(step, "id");
    const [side = "", parent] = [path.at(-2), byPath.get(path.slice(0, -3).join("."))];
    const list = parent === undefined ? "steps" : `${fieldOf(parent, "id")} ${side}`;
    return typeof id === "number" ? [{ id, step, own: ownOf(step), list }] : [];
  });
}

/** An empty context is as good as none. */
function ownOf(step: unknown) {
  const context = fieldOf(step, "context") ?? {};
  return {
    action: fieldOf(step, "action"),
    wait: fieldOf(step, "wait"),
    if: fieldOf(fieldOf(step, "branch"), "if"),
    context,
  };
}

/** Of the steps in both, those in another list, and as few of a list as explain its new order. */
function findMoved(old: Placed[], now: Placed[]): Set<number> {
  const before = new Map(old.map((placed, index) => [placed.id, { ...placed, index }]));
  const moved = new Set<number>();
  for (const list of new Set(now.map(({ list }) => list))) {
    const common = now.filter(({ id, list: its }) => its === list && before.has(id));
    const stayed = common.filter(({ id }) => before.get(id)?.list === list);
    const inOrder = new Set(
      longestRise(stayed.map(({ id }) => before.get(id)?.index ?? 0)).map((at) => stayed[at]?.id),
    );
    for (const { id } of common.filter(({ id }) => !inOrder.has(id))) {
      moved.add(id);
    }
  }
  return moved;
}

/** The places of a longest part of the numbers, in their order, that only rises. */
function longestRise(numbers: number[]): number[] {
  const ending: number[][] = [];
  for (const [place, number] of numbers.entries()) {
    const before = ending.filter((rise) => (numbers[rise.at(-1) ?? 0] ?? 0) < number);
    const longest = before.reduce<number[]>((best, rise) => (rise.length > best.length ? rise : best), []);
    ending.push([...longest, place]);
  }
  return ending.reduce((best, rise) => (rise.length > best.length ? rise : best), []);
}
