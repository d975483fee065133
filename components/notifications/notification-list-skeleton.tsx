import classes from "./notification-list.module.css";
import skeleton from "./notification-list-skeleton.module.css";
import row from "./notification-row.module.css";

const rows = ["first", "second", "third", "fourth"];

/** As high as the rows that take its place. */
export function NotificationListSkeleton({ title }: { title: string }) {
  return (
    <div>
      <div className={classes.heading}>
        <h1>{title}</h1>
      </div>
      <div aria-hidden>
        <p className={classes.day}>
          <span className={`${skeleton.bar} ${skeleton.short}`} />
        </p>
        <ul className={classes.rows}>
          {rows.map((name) => (
            <li key={name} className={row.row}>
              <span className={row.icon} />
              <div>
                <span className={`${skeleton.bar} ${skeleton.title}`} />
                <span className={skeleton.bar} />
                <span className={`${skeleton.bar} ${skeleton.short}`} />
              </div>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
