import { Handle, Position } from "@xyflow/react";
import classes from "./line-ends.module.css";

type Props = {
  /** Where both ends are one point in the middle. */
  isPoint?: boolean;
};

/** Where the lines of the canvas come in and go on. */
export const LineEnds = ({ isPoint }: Props) => (
  <>
    <Handle
      type="target"
      position={Position.Top}
      className={classes.end}
      data-point={isPoint || undefined}
      isConnectable={false}
    />
    <Handle
      type="source"
      position={Position.Bottom}
      className={classes.end}
      data-point={isPoint || undefined}
      isConnectable={false}
    />
  </>
);
