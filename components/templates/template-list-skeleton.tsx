import { Skeleton } from "@mantine/core";
import classes from "./template-list.module.css";

const rows = ["first", "second", "third", "fourth", "fifth", "sixth"];

/** As high as the rows that take its place. */
export function TemplateListSkeleton() {
  return (
    <ul className={classes.list} aria-hidden>
      {rows.map((row) => (
        <li key={row} className={classes.ghost}>
          <Skeleton height={16} width="24%" />
          <Skeleton height={14} width="40%" />
          <Skeleton height={12} width="30%" />
        </li>
      ))}
    </ul>
  );
}
