import { withoutValues } from "./mask.ts";

/**
 * Why something failed, for people to read. Postgres's data exceptions (class 22) repeat what was sent and are left with
 * their kind alone; what a constraint says (23) names the rule that refused and no value.
 */
export function explainFailure({ message, code }: Error & { code?: unknown }): string {
  return typeof code === "string" && code.startsWith("22") ? `${withoutValues(message, code)} (${code})` : message;
}
