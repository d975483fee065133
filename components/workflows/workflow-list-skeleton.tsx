import { Skeleton } from "@mantine/core";
import listed from "../ui/listed.module.css";
import classes from "./workflow-list-skeleton.module.css";

const rows = ["first", "second", "third"];

/** As high as the rows that take its place. */
export function WorkflowListSkeleton() {
  return (
    <ul className={listed.list} aria-hidden>
      {rows.map((row) => (
        <li key={row} className={classes.row}>
          <Skeleton height={16} width="30%" />
          <Skeleton height={14} width="45%" />
          <Skeleton height={12} width="25%" />
        </li>
      ))}
    </ul>
  );
}
