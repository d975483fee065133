import type { z } from "zod";
import { actions } from "../actions/index.ts";
import type { Action } from "../define.ts";
import "../fields.ts";

type PickKind = NonNullable<z.GlobalMeta["pick"]>;

/** A parameter that names one of the gym's own records, with where it stands. */
export type Pick = { kind: PickKind; value: unknown; path: string };

/**
 * Steps in their stored form with what `replace` makes of each record that they pick, branches included. What does not
 * look like a step stays as it is: whether it may is said by `parseDefinition`.
 */
export function mapPicks(steps: unknown, replace: (pick: Pick) => unknown, path = "steps"): unknown {
  return Array.isArray(steps) ? steps.map((step, index) => mapStep(step, replace, `${path}.${index}`)) : steps;
}

function mapStep(step: unknown, replace: (pick: Pick) => unknown, path: string): unknown {
  if (!isObject(step)) {
    return step;
  }
  if (isObject(step.action)) {
    return { ...step, action: mapAction(step.action, replace, `${path}.action.params`) };
  }
  if (isObject(step.branch)) {
    const sides = Object.fromEntries(
      ["then", "else"]
        .filter((side) => Object.hasOwn(step.branch as object, side))
        .map((side) => [side, mapPicks((step.branch as Fields)[side], replace, `${path}.branch.${side}`)]),
    );
    return { ...step, branch: { ...step.branch, ...sides } };
  }
  return step;
}

function mapAction(action: Fields, replace: (pick: Pick) => unknown, path: string): Fields {
  const { params } = action;
  const definition: Action | undefined = actions.entries.find(({ type }) => type === action.type);
  if (!definition || !isObject(params)) {
    return action;
  }
  const replaced = Object.entries(definition.params.shape as Record<string, z.ZodType>).flatMap(([name, schema]) => {
    const { pick: kind } = schema.meta() ?? {};
    const value = params[name];
    return kind && value !== undefined && value !== null
      ? [[name, replace({ kind, value, path: `${path}.${name}` })]]
      : [];
  });
  return { ...action, params: { ...params, ...Object.fromEntries(replaced) } };
}

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
