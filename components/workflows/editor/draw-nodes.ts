import type { Edge, Node, NodeHandle } from "@xyflow/react";
import type { DraftStep, Entry, Side } from "./draft.ts";
import { findStep, holdsBranch, listSteps } from "./edit-steps.ts";
import type { EditorState } from "./editor-state.ts";
import { layOut, type Placed, sizes } from "./lay-out.ts";
import type { ProblemsByOwner } from "./problems.ts";
import type { StepNumbers } from "./step-numbers.ts";

export type TriggerNode = Node<{ trigger: Entry; problems: number; isSelected: boolean }, "trigger">;

export type StepNode = Node<
  {
    step: DraftStep;
    /** Which one it is in reading order, of how many. */
    number: number;
    total: number;
    problems: number;
    /** What a card says that has nothing else to say yet. */
    firstProblem: string;
    figures: StepNumbers | undefined;
    isSelected: boolean;
    isCarried: boolean;
  },
  "step"
>;

export type SlotNode = Node<
  {
    branchId: number | null;
    side: Side;
    index: number;
    caption: "yes" | "no" | null;
    isLast: boolean;
    /** The workflow has no step yet. */
    isEmpty: boolean;
    /** A place for a new step, or for the one in hand. */
    takes: "new" | "carried" | "nothing";
  },
  "slot"
>;

export type CanvasNode = TriggerNode | StepNode | SlotNode;

type Look = Pick<EditorState, "selected" | "carried"> & {
  trigger: Entry;
  steps: DraftStep[];
  problems: ProblemsByOwner;
  numbers: Record<number, StepNumbers>;
  mayEdit: boolean;
};

export type Drawing = { nodes: CanvasNode[]; edges: Edge[]; left: number; width: number; height: number };

/** Everything on the canvas. All sizes are known, so that what moves need not be measured again. */
export function drawNodes(look: Look): Drawing {
  const { places, lines } = layOut(look.steps);
  const order = new Map(listSteps(look.steps).map(({ id }, index) => [id, index + 1]));
  const carried = look.carried === null ? undefined : findStep(look.steps, look.carried);
  const left = Math.min(...places.map(({ x }) => x));
  return {
    nodes: places.map((place) => drawNode(place, look, { order, carried })),
    edges: lines.map((line) => ({ ...line, ...lineLook })),
    left,
    width: Math.max(...places.map(({ x }) => x + sizes.card.width)) - left,
    height: Math.max(...places.map(({ y }) => y)) + sizes.card.height,
  };
}

type Around = { order: Map<number, number>; carried: DraftStep | undefined };

function drawNode(place: Placed, look: Look, { order, carried }: Around): CanvasNode {
  const at = { id: place.id, position: { x: place.x, y: place.y } };
  if (place.kind === "slot") {
    const { caption, isLast } = place;
    const takes = carried ? (holdsBranch(carried, place.slot.branchId) ? "nothing" : "carried") : "new";
    return {
      ...at,
      ...slotSize,
      type: "slot",
      data: {
        ...place.slot,
        caption,
        isLast,
        isEmpty: look.steps.length === 0,
        takes: look.mayEdit ? takes : "nothing",
      },
    };
  }
  if (place.kind === "trigger") {
    const problems = look.problems.get("trigger")?.length ?? 0;
    const data = { trigger: look.trigger, problems, isSelected: look.selected === "trigger" };
    return { ...at, ...cardSize, type: "trigger", data };
  }
  const { step } = place;
  const problems = look.problems.get(step.id) ?? [];
  return {
    ...at,
    ...cardSize,
    type: "step",
    data: {
      step,
      number: order.get(step.id) ?? 0,
      total: order.size,
      problems: problems.length,
      firstProblem: problems[0]?.message ?? "",
      figures: look.numbers[step.id],
      isSelected: look.selected === step.id,
      isCarried: look.carried === step.id,
    },
  };
}

const lineLook = { type: "smoothstep", focusable: false, pathOptions: { offset: 0, borderRadius: 8 } };

function known({ width, height }: { width: number; height: number }, ends: { top: number; bottom: number }) {
  const end = { x: width / 2, width: 0, height: 0 };
  const handles = [
    { ...end, type: "target", position: "top", y: ends.top },
    { ...end, type: "source", position: "bottom", y: ends.bottom },
  ] as NodeHandle[];
  return { width, height, measured: { width, height }, handles };
}

const cardSize = known(sizes.card, { top: 0, bottom: sizes.card.height });
/** As the style sheet of the line ends has it. */
const slotSize = known(sizes.slot, { top: sizes.slot.height / 2, bottom: sizes.slot.height / 2 });

/** The same drawing with what has not changed left as it was: only what is new is drawn anew. */
export function keepUnchanged(before: Drawing, after: Drawing): Drawing {
  const kept = {
    ...after,
    nodes: keepItems(before.nodes, after.nodes, keepNode),
    edges: keepItems(before.edges, after.edges, (known) => known),
  };
  return isShallowEqual(before, kept) ? before : kept;
}

function keepItems<Item extends { id: string }>(
  before: Item[],
  after: Item[],
  keep: (known: Item, item: Item) => Item,
): Item[] {
  const byId = new Map(before.map((item) => [item.id, item]));
  const kept = after.map((item) => {
    const known = byId.get(item.id);
    return known ? keep(known, item) : item;
  });
  return kept.length === before.length && kept.every((item, index) => item === before[index]) ? before : kept;
}

/** A card that only moves keeps what it says. */
function keepNode(known: CanvasNode, node: CanvasNode): CanvasNode {
  if (!isShallowEqual<object>(known.data, node.data)) {
    return node;
  }
  const isThere = known.position.x === node.position.x && known.position.y === node.position.y;
  return isThere ? known : ({ ...node, data: known.data } as CanvasNode);
}

const isShallowEqual = <Value extends object>(one: Value, other: Value) =>
  Object.entries(one).every(([key, value]) => Object.is(value, other[key as keyof Value]));

type Shown = { data: object };

/** For cards, which hear of each move of their node: what they say is all in its data. */
export const saysTheSame = (before: Shown, after: Shown) => before.data === after.data;
