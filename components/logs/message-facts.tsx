import type { ReactNode } from "react";
import { Tone, type ToneName } from "../ui/tone.tsx";
import classes from "./message-facts.module.css";

export type Fact = { label: string; value: string };
export type Happening = { label: string; at: string; tone: ToneName };

type Props = { facts: Fact[]; happenings: Happening[]; children: ReactNode };

/** What is known of a message, and what has happened to it so far; below it whatever else there is to know. */
export function MessageFacts({ facts, happenings, children }: Props) {
  return (
    <div className={classes.panel}>
      <section aria-labelledby="happenings">
        <h2 id="happenings" className={classes.heading}>
          What happened
        </h2>
        <ol className={classes.happenings}>
          {happenings.map(({ label, at, tone }) => (
            <li key={label}>
              <Tone tone={tone}>{label}</Tone>
              <span className={classes.at}>{at}</span>
            </li>
          ))}
        </ol>
      </section>
      <section aria-labelledby="facts">
        <h2 id="facts" className={classes.heading}>
          Details
        </h2>
        <dl className={classes.facts}>
          {facts.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      {children}
    </div>
  );
}
