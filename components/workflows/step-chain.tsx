import { IconArrowRight } from "@tabler/icons-react";
import classes from "./step-chain.module.css";

/** One more than fits is a step that can be shown as well as counted. */
const shownAtMost = 6;

/** What a workflow does, one after the other, in a line or two. */
export function StepChain({ steps }: { steps: string[] }) {
  const shown = steps.length > shownAtMost ? steps.slice(0, shownAtMost - 1) : steps;
  const left = steps.length - shown.length;
  return (
    <ol className={classes.steps} aria-label="Steps">
      {[...shown, ...(left > 0 ? [`${left} more`] : [])].map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps have no other identity here and never move
        <li key={index}>
          {index > 0 ? <IconArrowRight size={14} stroke={1.75} aria-hidden /> : null}
          {step}
        </li>
      ))}
    </ol>
  );
}
