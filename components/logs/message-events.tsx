import { Tone, type ToneName } from "../ui/tone.tsx";
import classes from "./message-facts.module.css";

export type MessageEvent = {
  id: string;
  label: string;
  note?: string;
  at: string;
  instant: string;
  tone: ToneName;
};

/** What the provider told of a message. Nothing is shown of one that nothing was told of. */
export function MessageEvents({ events }: { events: MessageEvent[] }) {
  if (events.length === 0) {
    return null;
  }
  return (
    <section aria-labelledby="told">
      <h2 id="told" className={classes.heading}>
        What the provider told us
      </h2>
      <ol className={classes.happenings}>
        {events.map(({ id, label, note, at, instant, tone }) => (
          <li key={id}>
            <Tone tone={tone}>{label}</Tone>
            <time className={classes.at} dateTime={instant}>
              {at}
            </time>
            {note ? <span className={classes.note}>{note}</span> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
