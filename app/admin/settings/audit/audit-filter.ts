import { z } from "zod";
import { type AuditFilter, auditKinds } from "#db/queries/audit-log";
import { addDays, parseDay } from "#lib/calendar";
import { zonedInstant } from "#lib/zoned-instant";

const day = z
  .string()
  .refine((text) => parseDay(text) !== null)
  .optional()
  .catch(undefined);

const id = z.coerce.number().int().positive().optional().catch(undefined);

const query = z.object({
  who: z
    .union([z.literal("app"), z.coerce.number().int().positive()])
    .optional()
    .catch(undefined),
  what: z.enum(auditKinds).optional().catch(undefined),
  /** With `what`: one thing alone. */
  id,
  from: day,
  to: day,
  before: id,
});

/** What the page's address asks for, as its controls show it. What makes no sense there filters nothing. */
export type AuditQuery = z.output<typeof query>;

export async function readAuditQuery(
  searchParams: Promise<Record<string, string | string[] | undefined>>,
): Promise<AuditQuery> {
  return query.parse(await searchParams);
}

/** The days are the gym's, both included. */
export const toFilter = ({ who, what, id, from, to, before }: AuditQuery, timeZone: string): AuditFilter => ({
  actorId: who === "app" ? null : who,
  kind: what,
  subjectId: id,
  from: from === undefined ? undefined : zonedInstant(from, 0, timeZone),
  until: to === undefined ? undefined : zonedInstant(addDays(to, 1), 0, timeZone),
  beforeId: before,
});

/** The address of the page of older acts. */
export function olderAddress(query: AuditQuery, before: number): string {
  const asked = Object.entries({ ...query, before }).filter(([, value]) => value !== undefined);
  return `/admin/settings/audit?${new URLSearchParams(asked.map(([name, value]) => [name, String(value)]))}`;
}
