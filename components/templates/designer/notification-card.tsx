import { NotificationIcon } from "../../notifications/notification-icon.tsx";
import rows from "../../notifications/notification-row.module.css";
import type { PreviewAnswer } from "./preview-answer.ts";
import classes from "./preview-pane.module.css";

/** A notification as it lies unread in the member's center. */
export function NotificationCard({ message }: { message: NonNullable<PreviewAnswer["message"]> }) {
  const { title, body, icon, actionUrl } = message;
  return (
    <div className={classes.phone}>
      <div className={rows.row} data-unread>
        <span className={rows.icon}>
          <NotificationIcon name={icon} />
        </span>
        <div>
          <p className={rows.title}>
            <span className={rows.dot} aria-hidden />
            {title}
          </p>
          <p className={rows.body}>{body}</p>
          <span className={rows.time}>08:30</span>
        </div>
      </div>
      <p className={classes.leads}>{actionUrl ? `Leads to ${actionUrl}` : "Leads nowhere"}</p>
    </div>
  );
}
