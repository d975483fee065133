import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { AddStepMenu } from "./add-step-menu.tsx";
import { findStep, holdsBranch } from "./edit-steps.ts";
import { useEditor } from "./editor-context.ts";
import type { Placed } from "./lay-out.ts";
import classes from "./slot-node.module.css";

type SlotNodeType = Node<{ place: Extract<Placed, { kind: "slot" }> }>;

/** Between two cards: where a step is added, or the one in hand is put down. */
export function SlotNode({ data }: NodeProps<SlotNodeType>) {
  const { slot, caption, isLast } = data.place;
  const { state, send, mayEdit } = useEditor();
  const { steps } = state.history.present;
  const carried = state.carried === null ? undefined : findStep(steps, state.carried);
  return (
    <div className={classes.slot}>
      <Handle type="target" position={Position.Top} className={classes.handle} isConnectable={false} />
      {caption ? <span className={classes.caption}>{caption === "yes" ? "Yes" : "No"}</span> : null}
      {carried ? (
        holdsBranch(carried, slot.branchId) ? null : (
          <button
            type="button"
            className={`${classes.put} nodrag nopan`}
            onClick={() => send({ do: "put down", slot })}
          >
            Move here
          </button>
        )
      ) : mayEdit ? (
        <AddStepMenu slot={slot} caption={caption} />
      ) : null}
      {isLast ? <Ending isEmpty={steps.length === 0 && mayEdit} /> : null}
      <Handle type="source" position={Position.Bottom} className={classes.handle} isConnectable={false} />
    </div>
  );
}

const Ending = ({ isEmpty }: { isEmpty: boolean }) =>
  isEmpty ? (
    <p className={classes.hint}>Choose above what starts it, then add its first step here.</p>
  ) : (
    <span className={classes.end}>End</span>
  );
