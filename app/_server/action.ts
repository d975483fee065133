import { headers } from "next/headers";
import type { z } from "zod";
import { getEnv } from "#env";
import type { ActionResult } from "#lib/action-result";
import { AppError } from "#lib/errors";
import { isNextControlFlow, reportError } from "./report-error.ts";
import { isSameOrigin } from "./same-origin.ts";
import { getViewer, type Role, type Viewer } from "./session.ts";

export type { ActionResult };

/** Every server action is made here: who may call it, what it takes, and how its refusals reach the form. */
export function defineServerAction<Schema extends z.ZodType, Data>(
  { roles, input }: { roles: Role[]; input: Schema },
  run: (input: z.output<Schema>, viewer: Viewer) => Promise<Data>,
) {
  return (raw: z.input<Schema>): Promise<ActionResult<Data>> =>
    answer(async () => {
      const viewer = await getViewer();
      if (!viewer || !roles.includes(viewer.role)) {
        throw new AppError("forbidden", viewer ? "You may not do that." : "Please sign in again.");
      }
      return run(parseInput(input, raw), viewer);
    });
}

/** An action for people who have not signed in. `reason` says why that is right. */
export function definePublicAction<Schema extends z.ZodType, Data>(
  { input }: { reason: string; input: Schema },
  run: (input: z.output<Schema>) => Promise<Data>,
) {
  return (raw: z.input<Schema>): Promise<ActionResult<Data>> => answer(async () => run(parseInput(input, raw)));
}

async function answer<Data>(work: () => Promise<Data>): Promise<ActionResult<Data>> {
  try {
    if (!isSameOrigin(await headers(), getEnv().APP_URL)) {
      throw new AppError("forbidden", "This request did not come from our own pages. Reload the page and try again.");
    }
    return { ok: true, data: await work() };
  } catch (error) {
    if (error instanceof AppError) {
      return { ok: false, message: error.message, fields: error.fields };
    }
    throw isNextControlFlow(error) ? error : reportError(error, { in: "action" });
  }
}

function parseInput<Schema extends z.ZodType>(input: Schema, raw: unknown): z.output<Schema> {
  const parsed = input.safeParse(raw);
  if (!parsed.success) {
    const fields = Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join("."), issue.message]));
    throw new AppError("invalid", "Some fields need another look.", fields);
  }
  return parsed.data;
}
