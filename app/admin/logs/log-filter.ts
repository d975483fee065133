import { z } from "zod";

const id = z.coerce.number().int().positive();

const filter = z.object({ workflow: id.optional().catch(undefined) });

/** The filter in a page's address. What makes no sense there filters nothing. */
export async function readLogFilter(searchParams: Promise<Record<string, string | string[] | undefined>>) {
  const { workflow } = filter.parse(await searchParams);
  return { workflowId: workflow };
}

/** The same filter where the address is ours and must make sense. */
export const logQuery = z.object({ workflow: id.optional(), before: id.optional() });

export const logUrl = (path: string, workflowId: number | undefined) =>
  workflowId === undefined ? path : `${path}?workflow=${workflowId}`;
