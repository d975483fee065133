import { sql } from "drizzle-orm";
import { type Db, withTransaction } from "#db/client";
import { one } from "#lib/rows";

export type NewRiskScore = { memberId: number; score: number; scoredAt: Date; reasons: string[]; modelVersion: string };

/**
 * Stores scores, each known by its member and instant (of several with the same, the first counts), and keeps the
 * newest of each member where sweeps read it.
 */
export async function recordRiskScores(db: Db, scores: NewRiskScore[]) {
  return withTransaction(db, async (tx) => {
    const { rows } = await tx.execute<{ created: number; updated: number }>(sql`
      with given as (
        select distinct on (member_id, scored_at) given.*
        from unnest(${sql.param(scores.map(({ memberId }) => memberId))}::bigint[],
                    ${sql.param(scores.map(({ scoredAt }) => scoredAt.toISOString()))}::timestamptz[],
                    ${sql.param(scores.map(({ score }) => score))}::numeric[],
                    ${sql.param(scores.map(({ reasons }) => JSON.stringify(reasons)))}::jsonb[],
                    ${sql.param(scores.map(({ modelVersion }) => modelVersion))}::text[])
          with ordinality as given (member_id, scored_at, score, reasons, model_version, position)
        order by member_id, scored_at, position
      ),
      stored as (
        insert into risk_scores as known (member_id, score, reasons, model_version, scored_at)
        select member_id, score, reasons, model_version, scored_at from given order by member_id, scored_at
        on conflict (member_id, scored_at) do update set
          score = excluded.score, reasons = excluded.reasons, model_version = excluded.model_version
        where (known.score, known.reasons) is distinct from (excluded.score, excluded.reasons)
        returning member_id, scored_at
      )
      select count(*) filter (where known.id is null)::int as created,
             count(*) filter (where known.id is not null)::int as updated
      from stored left join risk_scores known using (member_id, scored_at)`);
    await tx.execute(sql`
      insert into member_stats as stats (member_id, risk_score, risk_scored_at, risk_reasons)
      select distinct on (member_id) member_id, score, scored_at, reasons from risk_scores
      where member_id = any(${sql.param([...new Set(scores.map(({ memberId }) => memberId))])}::bigint[])
      order by member_id, scored_at desc
      on conflict (member_id) do update set
        risk_score = excluded.risk_score, risk_scored_at = excluded.risk_scored_at, risk_reasons = excluded.risk_reasons
      where coalesce(stats.risk_scored_at <= excluded.risk_scored_at, true)
        and (stats.risk_score, stats.risk_scored_at, stats.risk_reasons)
          is distinct from (excluded.risk_score, excluded.risk_scored_at, excluded.risk_reasons)`);
    const { created, updated } = one(rows);
    return { created, updated, unchanged: scores.length - created - updated };
  });
}
