import Link from "next/link";
import { Tone, type ToneName } from "../ui/tone.tsx";
import classes from "./run-timeline.module.css";

/** Something that happened in a run, or is to come. */
export type RunEvent = {
  id: string;
  title: string;
  at: string;
  status: string;
  tone: ToneName;
  reason?: string | null;
  error?: string | null;
  messageId?: number | null;
};

/** What happened in a run, from its start. */
export function RunTimeline({ events }: { events: RunEvent[] }) {
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline" className={classes.heading}>
        What happened
      </h2>
      <ol className={classes.events}>
        {events.map(({ id, title, at, status, tone, reason, error, messageId }) => (
          <li key={id} data-tone={tone}>
            <p className={classes.title}>{title}</p>
            <p className={classes.state}>
              <Tone tone={tone}>{status}</Tone>
              {messageId ? (
                <Link className={classes.link} href={`/admin/logs/messages/${messageId}`} prefetch={false}>
                  Message
                </Link>
              ) : null}
              <span className={classes.at}>{at}</span>
            </p>
            {reason ? <p className={classes.reason}>{reason}</p> : null}
            {error ? <p className={classes.error}>{error}</p> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
