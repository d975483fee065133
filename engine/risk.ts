import { type SQL, sql } from "drizzle-orm";
import { memberFacts as m } from "#db/schema/index";
import type { Clock } from "./define.ts";

/**
 * Whether a member's newest risk score is at least that high. A score from more than 7 × 24 hours before the clock tells
 * nothing any more, like none at all or one from a day that has not come: neither high nor low. The score is compared as
 * it is stored, which Postgres can do before it looks at the members.
 */
export const isRiskAtLeast = (
  score: number,
  { now }: Clock,
): SQL => sql`(${m.recordedRiskScore} >= ${score}::numeric and ${m.riskScore} is not null
  and ${m.riskScoredAt} >= ${now.toISOString()}::timestamptz - interval '7 days'
  and ${m.riskScoredAt} < ${now.toISOString()}::timestamptz + interval '1 day')`;
