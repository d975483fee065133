import { Skeleton } from "@mantine/core";
import classes from "./workflow-list.module.css";
import skeleton from "./workflow-list-skeleton.module.css";

const rows = ["first", "second", "third"];

/** As high as the rows that take its place. */
export function WorkflowListSkeleton() {
  return (
    <ul className={classes.list} aria-hidden>
      {rows.map((row) => (
        <li key={row} className={skeleton.row}>
          <Skeleton height={16} width="30%" />
          <Skeleton height={14} width="45%" />
          <Skeleton height={12} width="25%" />
        </li>
      ))}
    </ul>
  );
}
