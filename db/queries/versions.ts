import { and, desc, eq, sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { users, workflowVersions as v, automationWorkflows as w, workflowRuns } from "../schema/index.ts";
import { memberName } from "./logs.ts";

const parts = { trigger: v.trigger, steps: v.steps, context: v.context, exitWhen: v.exitWhen };

export async function findVersionByNumber(db: Db, workflowId: number, number: number) {
  const [version] = await db
    .select(parts)
    .from(v)
    .where(and(eq(v.workflowId, workflowId), eq(v.number, number)));
  return version ?? null;
}

/** The versions that runs are in progress on, the newest first, each with how many. */
export async function countOpenRuns(db: Db, workflowId: number): Promise<{ number: number; runs: number }[]> {
  // The first part is all in the index of due runs, the second in that of held ones.
  const { rows } = await db.execute<{ number: number; runs: number }>(sql`
    select v.number, count(*)::int as runs from (
      select version_id from ${workflowRuns} where workflow_id = ${workflowId} and due_at is not null
      union all
      select version_id from ${workflowRuns} where workflow_id = ${workflowId} and status = 'held'
    ) open join workflow_versions v on v.id = open.version_id
    group by v.number order by v.number desc`);
  return rows;
}

/** The newest versions first, one more than is shown: the last is only there to be compared with. */
export async function listVersionRows(db: Db, workflowId: number, limit: number) {
  return db
    .select({
      ...parts,
      number: v.number,
      publishedAt: v.createdAt,
      publishedBy: memberName,
      isLive: sql<boolean>`${v.id} = ${w.liveVersionId}`,
    })
    .from(v)
    .innerJoin(w, eq(w.id, v.workflowId))
    .leftJoin(users, eq(users.id, v.createdBy))
    .where(eq(v.workflowId, workflowId))
    .orderBy(desc(v.number))
    .limit(limit);
}

/** The highest id that a step of any version of the workflow had; 0 without one. */
export async function findLastStepId(db: Db, workflowId: number): Promise<number> {
  const { rows } = await db.execute<{ id: number }>(sql`
    select coalesce(max(step.id::numeric), 0)::float8 as id
    from ${v}, jsonb_path_query(${v.steps}, '$.** ? (exists(@.action) || exists(@.wait) || exists(@.branch)).id ? (@.type() == "number")') as step (id)
    where ${v.workflowId} = ${workflowId}`);
  return rows[0]?.id ?? 0;
}
