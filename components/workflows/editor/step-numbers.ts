import type { StepNumbers } from "#engine/editing/step-numbers";

export type { StepNumbers };

/** "12 waiting · 340 done · 5 skipped"; nothing where nobody came by yet. */
export function describeNumbers({ waiting, done, queued, skipped, failed }: StepNumbers): string {
  const counts = { waiting, "on their way": queued, done, skipped: sum(skipped), failed };
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([word, count]) => `${count.toLocaleString("en")} ${word}`)
    .join(" · ");
}

/** "4 had no consent, 1 capped": the hint over the figure. */
export const describeSkipped = ({ skipped }: StepNumbers): string =>
  Object.entries(skipped)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${count.toLocaleString("en")} × ${reason}`)
    .join(", ");

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0);
