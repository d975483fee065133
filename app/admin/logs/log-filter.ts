import { z } from "zod";
import { automationLogs, communicationLogs, workflowRuns } from "#db/schema/index";
import { addDays, parseDay } from "#lib/calendar";
import { outcomeReasonKeys } from "#lib/outcome-reasons";
import { zonedInstant } from "#lib/zoned-instant";
import { idInAddress } from "../../_server/id-in-address.ts";

const day = z.string().refine((text) => parseDay(text) !== null, "A day such as 2026-11-22");

const common = z.object({
  workflow: idInAddress.optional(),
  member: idInAddress.optional(),
  reason: z.enum(outcomeReasonKeys).optional(),
  from: day.optional(),
  to: day.optional(),
});

export const stepQuery = common.extend({ status: z.enum(automationLogs.outcome.enumValues).optional() });

export const messageQuery = common.extend({
  template: idInAddress.optional(),
  channel: z.enum(communicationLogs.channel.enumValues).optional(),
  status: z.enum(communicationLogs.status.enumValues).optional(),
});

export const runQuery = common.extend({ status: z.enum(workflowRuns.status.enumValues).optional() });

export const unconfirmedQuery = common.pick({ workflow: true });

/** Where the next older page begins. */
export const pageStart = { before: idInAddress.optional() };

export type StepQuery = z.output<typeof stepQuery>;
export type MessageQuery = z.output<typeof messageQuery>;
export type RunQuery = z.output<typeof runQuery>;

type Common = z.output<typeof common>;

/** The filter in a page's address. What makes no sense there filters nothing. */
export async function readLogQuery<Query extends z.ZodType>(
  query: Query,
  searchParams: Promise<Record<string, string | string[] | undefined>>,
): Promise<z.output<Query>> {
  const asked = await searchParams;
  const wrong = new Set(query.safeParse(asked).error?.issues.map(({ path }) => path[0]));
  return query.parse(Object.fromEntries(Object.entries(asked).filter(([name]) => !wrong.has(name))));
}

/** What all logs can be filtered by. Days are the gym's, the last one included. */
export const commonFilter = ({ workflow, member, reason, from, to }: Common, timeZone: string) => ({
  workflowId: workflow,
  memberId: member,
  reason,
  since: from === undefined ? undefined : zonedInstant(from, 0, timeZone),
  until: to === undefined ? undefined : zonedInstant(addDays(to, 1), 0, timeZone),
});

export const isFiltered = (query: object) => Object.values(query).some((value) => value !== undefined);
