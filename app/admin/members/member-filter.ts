import { z } from "zod";
import type { MemberFilter, MemberPlace } from "#db/queries/member-list";
import { memberStates } from "#lib/member-state";
import { riskLevels } from "#lib/risk-level";
import { describeUnstorable } from "#lib/storable";

const words = z
  .string()
  .trim()
  .max(100)
  .refine((text) => describeUnstorable(text) === null)
  .optional()
  .catch(undefined);
const id = z.coerce.number().int().positive().optional().catch(undefined);

const filter = z.object({
  q: words,
  state: z.enum(memberStates).optional().catch(undefined),
  risk: z.enum(riskLevels).optional().catch(undefined),
  tag: words,
  level: words,
  trainer: id,
  location: id,
  after: id,
  before: id,
});

/** What the page's address asks for, as its controls show it. What makes no sense there filters nothing. */
export type MemberQuery = z.output<typeof filter>;

export async function readMemberQuery(
  searchParams: Promise<Record<string, string | string[] | undefined>>,
): Promise<MemberQuery> {
  return filter.parse(await searchParams);
}

export const toFilter = ({ q, state, risk, tag, level, trainer, location }: MemberQuery): MemberFilter => ({
  text: q || undefined,
  state,
  risk,
  tag: tag || undefined,
  level: level || undefined,
  trainerId: trainer,
  locationId: location,
});

export const toPlace = ({ after, before }: MemberQuery): MemberPlace =>
  after === undefined ? { beforeId: before } : { afterId: after };

/** The address of another part of the same list. */
export function pageAddress(query: MemberQuery, place: { after?: number; before?: number }): string {
  const { after: _after, before: _before, ...rest } = query;
  const asked = Object.entries({ ...rest, ...place }).filter(([, value]) => value !== undefined && value !== "");
  return asked.length === 0
    ? "/admin/members"
    : `/admin/members?${new URLSearchParams(asked.map(([name, value]) => [name, String(value)]))}`;
}

export const memberIdInAddress = z.coerce.number().int().positive();
