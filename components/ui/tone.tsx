import type { ReactNode } from "react";
import classes from "./tone.module.css";

export type ToneName = "good" | "wait" | "warn" | "bad" | "active";

/** A state: a dot in its colour beside the word that says the same. */
export function Tone({ tone, children }: { tone: ToneName; children: ReactNode }) {
  return (
    <span className={classes.tone} data-tone={tone}>
      <span className={classes.dot} aria-hidden />
      {children}
    </span>
  );
}
