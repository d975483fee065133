import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Clock, Condition as Definition } from "../define.ts";
import { addFaults, checkFields } from "../describe-problem.ts";
import { createRegistry } from "../registry.ts";
import * as definitions from "./all.ts";

export const conditions = createRegistry("condition", Object.values(definitions));

export type Condition =
  | z.output<typeof conditions.schema>
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition };

const several = z
  .array(z.lazy(() => condition))
  .min(1)
  .max(20)
  .meta({ label: "Conditions" });

const combinations = {
  all: z.strictObject({ all: several }),
  any: z.strictObject({ any: several }),
  not: z.strictObject({ not: z.lazy(() => condition) }),
};

/** What a branch or an exit asks: one condition, or several combined. */
export const condition: z.ZodType<Condition> = z.unknown().transform((value, check): Condition => {
  const key = Object.keys(combinations).find((key) => typeof value === "object" && value !== null && key in value);
  const { data, faults } = key
    ? checkFields(combinations[key as keyof typeof combinations], value)
    : conditions.check(value);
  return data ? (data as Condition) : addFaults(check, faults);
});

/** Whether it holds, as a predicate over `workflowRuns` joined with its member's `memberFacts`. */
export function holds(condition: Condition, clock: Clock): SQL {
  if ("all" in condition) {
    return sql`(${sql.join(
      condition.all.map((part) => holds(part, clock)),
      sql` and `,
    )})`;
  }
  if ("any" in condition) {
    return sql`(${sql.join(
      condition.any.map((part) => holds(part, clock)),
      sql` or `,
    )})`;
  }
  if ("not" in condition) {
    return sql`(not ${holds(condition.not, clock)})`;
  }
  const definition: Definition = conditions.get(condition.type);
  // A predicate over something unknown is neither true nor false; here it does not hold.
  return sql`coalesce((${definition.holds(condition.params, clock)}), false)`;
}
