import { IconCheck, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { ToneName } from "../ui/tone.tsx";
import { Tone } from "../ui/tone.tsx";
import classes from "./why.module.css";

export type WhyAnswer = {
  verdict: string;
  tone: ToneName;
  rules: { name: string; isMet: boolean; seen: string }[];
  /** What would happen step by step; null for a workflow that cannot be gone through. */
  steps: { id: number; label: string; detail: string | null; verdict: string; tone: ToneName; at: string }[] | null;
};

/** Why a workflow starts for a member, or does not: the question, and below it the answer. */
export function Why({ choice, children }: { choice: ReactNode; children: ReactNode }) {
  return (
    <section aria-labelledby="why" className={classes.why}>
      <div className={classes.head}>
        <h2 id="why">Why (not)?</h2>
        {choice}
      </div>
      {children}
    </section>
  );
}

export function WhyResult({ answer: { verdict, tone, rules, steps } }: { answer: WhyAnswer }) {
  return (
    <div className={classes.answer}>
      <p role="status" className={classes.verdict}>
        <Tone tone={tone}>{verdict}</Tone>
      </p>
      <h3 id="why-rules">What decides whether it starts</h3>
      <ul aria-labelledby="why-rules" className={classes.rules}>
        {rules.map(({ name, isMet, seen }) => (
          <li key={name} data-met={isMet || undefined}>
            {isMet ? <IconCheck size={16} aria-label="Met:" /> : <IconX size={16} aria-label="Not met:" />}
            <span className={classes.name}>{name}</span>
            <span>{seen}</span>
          </li>
        ))}
      </ul>
      {steps ? (
        <>
          <h3 id="why-steps">What it would do if it started now</h3>
          <ol aria-labelledby="why-steps" className={classes.steps}>
            {steps.map(({ id, label, detail, verdict, tone, at }) => (
              <li key={id}>
                <span className={classes.label}>
                  {label}
                  {detail ? <span className={classes.detail}>{detail}</span> : null}
                </span>
                <Tone tone={tone}>{verdict}</Tone>
                <span className={classes.at}>{at}</span>
              </li>
            ))}
          </ol>
        </>
      ) : null}
    </div>
  );
}
