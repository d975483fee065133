import { Skeleton } from "@mantine/core";
import classes from "./notification-list.module.css";
import row from "./notification-row.module.css";

const rows = ["first", "second", "third", "fourth"];

export function NotificationListSkeleton({ title }: { title: string }) {
  return (
    <div>
      <div className={classes.heading}>
        <h1>{title}</h1>
      </div>
      <div aria-hidden>
        <p className={classes.day}>
          <Skeleton component="span" height="0.8rem" width="4rem" display="inline-block" />
        </p>
        <ul className={classes.rows}>
          {rows.map((name) => (
            <li key={name} className={row.row}>
              <Skeleton height={36} circle />
              <div>
                <Skeleton height={14} width="55%" mt={4} />
                <Skeleton height={12} width="90%" mt={12} />
                <Skeleton height={10} width="12%" mt={12} />
              </div>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
