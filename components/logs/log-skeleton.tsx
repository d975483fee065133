import { Skeleton } from "@mantine/core";
import classes from "./log-skeleton.module.css";

const rows = Array.from({ length: 12 }, (_, index) => `row-${index}`);

export function LogSkeleton() {
  return (
    <div className={classes.skeleton} aria-hidden>
      {rows.map((row) => (
        <div key={row} className={classes.row}>
          <Skeleton height={12} width="70%" />
          <Skeleton height={12} width="60%" />
          <Skeleton height={12} width="80%" />
          <Skeleton height={12} width="45%" />
        </div>
      ))}
    </div>
  );
}
