import { IconArrowRight } from "@tabler/icons-react";
import classes from "./step-chain.module.css";

/** What a workflow does, one after the other, in a line. */
export function StepChain({ steps }: { steps: string[] }) {
  return (
    <ol className={classes.steps} aria-label="Steps">
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps have no other identity here and never move
        <li key={index}>
          {index > 0 ? <IconArrowRight size={14} stroke={1.75} aria-hidden /> : null}
          {step}
        </li>
      ))}
    </ol>
  );
}
