import { z } from "zod";
import { idInAddress } from "../../_server/id-in-address.ts";

const filter = z.object({ workflow: idInAddress.optional().catch(undefined) });

/** The filter in a page's address. What makes no sense there filters nothing. */
export async function readLogFilter(searchParams: Promise<Record<string, string | string[] | undefined>>) {
  const { workflow } = filter.parse(await searchParams);
  return { workflowId: workflow };
}

/** The same filter where the address is ours and must make sense. */
export const logQuery = z.object({ workflow: idInAddress.optional(), before: idInAddress.optional() });

export const logUrl = (path: string, workflowId: number | undefined) =>
  workflowId === undefined ? path : `${path}?workflow=${workflowId}`;
