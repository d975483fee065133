import { Skeleton } from "@mantine/core";
import classes from "./member-list-skeleton.module.css";

const rows = Array.from({ length: 12 }, (_, index) => `row-${index}`);

/** As high as the rows that take its place. */
export function MemberListSkeleton() {
  return (
    <div aria-hidden>
      {rows.map((row) => (
        <div key={row} className={classes.row}>
          <Skeleton height={14} width="45%" />
          <Skeleton height={12} width="70%" />
        </div>
      ))}
    </div>
  );
}
