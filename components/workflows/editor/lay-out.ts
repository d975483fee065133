import type { DraftStep, Side } from "./draft.ts";
import type { Slot } from "./edit-steps.ts";

/** In pixels, as the style sheet of the cards has them. */
export const sizes = { card: { width: 272, height: 80 }, slot: { width: 272, height: 44 }, gap: 16, columns: 40 };

export type Placed =
  | { kind: "trigger"; id: "trigger"; x: number; y: number }
  | { kind: "step"; id: string; x: number; y: number; step: DraftStep }
  | { kind: "slot"; id: string; x: number; y: number; slot: Slot; caption: "yes" | "no" | null; isLast: boolean };

export type Line = { id: string; source: string; target: string };

type Plan = { places: Placed[]; lines: Line[] };
type End = { bottom: number; from: string[] };
type Column = { centre: number; top: number; from: string[] };

/**
 * Where each card stands: one below the other, the sides of a branch beside each other. Places come in reading order,
 * which is the order in which the keyboard reaches them.
 */
export function layOut(steps: DraftStep[]): Plan {
  const plan: Plan = { places: [{ kind: "trigger", id: "trigger", x: -sizes.card.width / 2, y: 0 }], lines: [] };
  placeList(plan, steps, { branchId: null, side: "then" }, { centre: 0, top: sizes.card.height, from: ["trigger"] });
  return plan;
}

function placeList(plan: Plan, steps: DraftStep[], owner: Omit<Slot, "index">, column: Column): End {
  let { top, from } = column;
  for (const [index, step] of steps.entries()) {
    ({ bottom: top, from } = placeSlot(plan, { ...owner, index }, false, { ...column, top, from }));
    ({ bottom: top, from } = placeStep(plan, step, { ...column, top, from }));
  }
  return placeSlot(plan, { ...owner, index: steps.length }, owner.branchId === null, { ...column, top, from });
}

function placeSlot(plan: Plan, slot: Slot, isLast: boolean, column: Column): End {
  const captions = { then: "yes", else: "no" } as const;
  const caption = slot.branchId !== null && slot.index === 0 ? captions[slot.side] : null;
  const id = `slot-${slot.branchId ?? "root"}-${slot.side}-${slot.index}`;
  return place(plan, { kind: "slot", id, slot, caption, isLast }, column);
}

function placeStep(plan: Plan, step: DraftStep, column: Column): End {
  const card = place(plan, { kind: "step", id: `step-${step.id}`, step }, column);
  if (!("branch" in step)) {
    return card;
  }
  const widths = { then: widthOf(step.branch.then), else: widthOf(step.branch.else) };
  const left = column.centre - (widths.then + sizes.columns + widths.else) / 2;
  const placeSide = (side: Side, centre: number) =>
    placeList(
      plan,
      step.branch[side],
      { branchId: step.id, side },
      { ...column, centre, top: card.bottom, from: card.from },
    );
  const yes = placeSide("then", left + widths.then / 2);
  const no = placeSide("else", left + widths.then + sizes.columns + widths.else / 2);
  return { bottom: Math.max(yes.bottom, no.bottom), from: [...yes.from, ...no.from] };
}

type Unplaced = Placed extends infer Each ? (Each extends Placed ? Omit<Each, "x" | "y"> : never) : never;

function place(plan: Plan, what: Unplaced, { centre, top, from }: Column): End {
  const { width, height } = what.kind === "slot" ? sizes.slot : sizes.card;
  const y = what.kind === "slot" ? top : top + sizes.gap / 2;
  plan.places.push({ ...what, x: centre - width / 2, y } as Placed);
  plan.lines.push(...from.map((source) => ({ id: `${source}>${what.id}`, source, target: what.id })));
  return { bottom: y + height + (what.kind === "slot" ? 0 : sizes.gap / 2), from: [what.id] };
}

const widthOf = (steps: DraftStep[]): number =>
  Math.max(
    sizes.card.width,
    ...steps.map((step) =>
      "branch" in step ? widthOf(step.branch.then) + sizes.columns + widthOf(step.branch.else) : 0,
    ),
  );
