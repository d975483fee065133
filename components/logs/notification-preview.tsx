import { NotificationIcon } from "../notifications/notification-icon.tsx";
import classes from "./notification-preview.module.css";

type Props = { title: string; body: string; icon: string; actionUrl: string | null };

/** A notification as it lies in the member's center. */
export function NotificationPreview({ title, body, icon, actionUrl }: Props) {
  return (
    <section className={classes.card} aria-label="Notification">
      <span className={classes.icon}>
        <NotificationIcon name={icon} />
      </span>
      <div>
        <p className={classes.title}>{title}</p>
        <p className={classes.body}>{body}</p>
        {actionUrl ? <p className={classes.leads}>Leads to {actionUrl}</p> : null}
      </div>
    </section>
  );
}
