import type { ReactNode } from "react";
import { Tone, type ToneName } from "../../ui/tone.tsx";
import classes from "./import-result.module.css";

type Props = {
  state: string;
  tone: ToneName;
  /** What it came to, or would. */
  figures: { name: string; value: string }[];
  notes: string[];
  children?: ReactNode;
};

/** How things stand with a file. */
export function ImportResult({ state, tone, figures, notes, children }: Props) {
  return (
    <section aria-label="Result" className={classes.result}>
      <Tone tone={tone}>{state}</Tone>
      {figures.length > 0 ? (
        <dl className={classes.figures}>
          {figures.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {notes.map((note) => (
        <p key={note} className={classes.note}>
          {note}
        </p>
      ))}
      {children}
    </section>
  );
}
