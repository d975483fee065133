import { shortDay } from "./format-time.ts";

/** What decides whether a workflow starts for a member, each rule by the name that people read. */
export const ruleNames = {
  status: "Switched on",
  definition: "In order",
  audience: "Membership",
  trigger: "Trigger",
  occurrence: "Happening",
  cooldown: "Cooldown",
  unfinished: "Unfinished run",
  brake: "Brake",
  exit: "Exit conditions",
};

/** What a rule saw, its days as people write them. */
export const printDays = (seen: string): string => seen.replace(/\b\d{4}-\d{2}-\d{2}\b/g, shortDay);
