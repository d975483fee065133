import type { z } from "zod";
import { actions } from "./actions/index.ts";
import type { Action } from "./define.ts";
import { fieldOf, limits, listRawSteps } from "./raw-steps.ts";
import { inspectJson } from "./readable.ts";
import "./fields.ts";

/** A parameter of an action that parses, and where it stands: `path` begins with "steps". */
export type ActionField = { step: unknown; path: (string | number)[]; value: unknown; meta: z.GlobalMeta };

/** The parameters of all actions in stored steps, branches included. Steps and parameters that do not parse are passed over. */
export function listActionFields(steps: unknown): ActionField[] {
  const readable = inspectJson({ steps }).isReadable ? listRawSteps(steps).slice(0, limits.steps) : [];
  return readable.flatMap(({ value: step, path }) => {
    const action = fieldOf(step, "action");
    const definition: Action | undefined = actions.entries.find(({ type }) => type === fieldOf(action, "type"));
    return Object.entries((definition?.params.shape ?? {}) as Record<string, z.ZodType>).flatMap(([name, schema]) => {
      const { data: value } = schema.safeParse(fieldOf(fieldOf(action, "params"), name));
      const at = ["steps", ...path, "action", "params", name];
      return value === undefined ? [] : [{ step, path: at, value, meta: schema.meta() ?? {} }];
    });
  });
}
