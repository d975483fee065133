import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { AddStepMenu } from "./add-step-menu.tsx";
import { type SlotNode, saysTheSame } from "./draw-nodes.ts";
import { useTools } from "./editor-context.ts";
import { LineEnds } from "./line-ends.tsx";
import classes from "./slot-card.module.css";

/** Between two cards: where a step is added, or the one in hand is put down. */
export const SlotCard = memo(function SlotCard({ data }: Pick<NodeProps<SlotNode>, "data">) {
  const { caption, isLast, isEmpty, takes, ...slot } = data;
  const { send } = useTools();
  return (
    <div className={classes.slot}>
      <LineEnds isPoint />
      {caption ? <span className={classes.caption}>{caption === "yes" ? "Yes" : "No"}</span> : null}
      {takes === "carried" ? (
        <button type="button" className={`${classes.put} nodrag nopan`} onClick={() => send({ do: "put down", slot })}>
          Move here
        </button>
      ) : null}
      {takes === "new" ? <AddStepMenu slot={slot} caption={caption} /> : null}
      {isLast ? <Ending isEmpty={isEmpty && takes === "new"} /> : null}
    </div>
  );
}, saysTheSame);

const Ending = ({ isEmpty }: { isEmpty: boolean }) =>
  isEmpty ? (
    <p className={classes.hint}>Choose above what starts it, then add its first step here.</p>
  ) : (
    <span className={classes.end}>End</span>
  );
