import type { Explanation } from "./explain.ts";

type PrintDay = (day: string) => string;

/** What the rules of an explanation come to: whether a sweep would start it today, else what would have to happen first. */
export function describeNext(
  { rules, wouldStart, isManual, nextOn }: Explanation,
  printDay: PrintDay = (day) => day,
): string {
  const isMet = (name: (typeof rules)[number]["rule"]) => rules.every(({ rule, isMet }) => rule !== name || isMet);
  if (wouldStart) {
    return "A sweep would start it today.";
  }
  if (!isMet("status") || !isMet("definition")) {
    return `A sweep would not start it before it is ${isMet("status") ? "put right" : "switched on"}.`;
  }
  if (!isMet("unfinished")) {
    return "A sweep would not start it before the run that is going on has ended.";
  }
  if (isManual) {
    return "No sweep starts it: only whoever is enrolled by hand gets it.";
  }
  if (rules.every(({ rule, isMet }) => isMet || rule === "brake")) {
    return "A sweep would start it today and hold it, until an admin approves it.";
  }
  const next = nextOn
    ? `The next day on which it could is ${printDay(nextOn)}.`
    : "There is no such day within 400 days.";
  return `A sweep would not start it today. ${next}`;
}
