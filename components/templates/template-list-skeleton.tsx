import { Skeleton } from "@mantine/core";
import listed from "../ui/listed.module.css";
import classes from "./template-list.module.css";

const rows = ["first", "second", "third", "fourth", "fifth", "sixth"];

/** As high as the rows that take its place. */
export function TemplateListSkeleton() {
  return (
    <ul className={listed.list} aria-hidden>
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
