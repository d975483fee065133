import { z } from "zod";
import { readChoices } from "#lib/message-choices";
import { outcomes } from "#lib/preference-form";

const query = z.object({ done: z.enum(outcomes).nullable().catch(null), undo: z.string().catch("") });

/** What was done last, from the page's address, and how to take it back. */
export async function readDone(searchParams: Promise<Record<string, string | string[] | undefined>>) {
  const { done, undo } = query.parse(await searchParams);
  return { done, undo: readChoices(undo) };
}
