import { desc, eq, sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { creditEntries, memberOffers, staffTasks, users } from "../schema/index.ts";
import { memberName } from "./logs.ts";

type MemberRun = {
  id: number;
  workflowId: number;
  workflowName: string;
  isEnabled: boolean;
  status: "active" | "waiting" | "held" | "done" | "exited" | "cancelled" | "expired" | "failed";
  reason: string | null;
  startedAt: string;
  endedAt: string | null;
  dueAt: string | null;
  stepId: number | null;
  /** Of the run's own version, as it is stored. */
  steps: unknown;
};

/** The newest runs. Asked workflow by workflow, of which there are few: the index of runs begins with theirs. */
export async function listRunsOfMember(db: Db, memberId: number, limit: number): Promise<MemberRun[]> {
  const { rows } = await db.execute<MemberRun>(sql`
    select r.id, w.id as "workflowId", w.name as "workflowName", w.is_enabled as "isEnabled", r.status, r.reason,
           r.started_at as "startedAt", r.ended_at as "endedAt", r.due_at as "dueAt", r.step_id as "stepId",
           case when r.ended_at is null then (select v.steps from workflow_versions v where v.id = r.version_id) end as steps
    from automation_workflows w cross join lateral (
      select * from workflow_runs r where r.workflow_id = w.id and r.member_id = ${memberId} order by r.id desc limit ${limit}
    ) r
    order by r.id desc limit ${limit}`);
  return rows;
}

export function listTasksOfMember(db: Db, memberId: number, limit: number) {
  return db
    .select({
      id: staffTasks.id,
      description: staffTasks.description,
      status: staffTasks.status,
      priority: staffTasks.priority,
      dueDate: staffTasks.dueDate,
      assignee: memberName,
      createdAt: staffTasks.createdAt,
    })
    .from(staffTasks)
    .leftJoin(users, eq(users.id, staffTasks.assigneeId))
    .where(eq(staffTasks.relatedMemberId, memberId))
    .orderBy(desc(staffTasks.id))
    .limit(limit);
}

export function listOffersOfMember(db: Db, memberId: number, limit: number) {
  return db
    .select({
      id: memberOffers.id,
      offerCode: memberOffers.offerCode,
      description: memberOffers.description,
      expiryDate: memberOffers.expiryDate,
      isUsed: memberOffers.isUsed,
      usedAt: memberOffers.usedAt,
      appliedAt: memberOffers.appliedAt,
    })
    .from(memberOffers)
    .where(eq(memberOffers.memberId, memberId))
    .orderBy(desc(memberOffers.id))
    .limit(limit);
}

/** The newest entries of the ledger, each with who made it, if a person did. */
export function listCreditsOfMember(db: Db, memberId: number, limit: number) {
  return db
    .select({
      id: creditEntries.id,
      amount: creditEntries.amount,
      reason: creditEntries.reason,
      by: memberName,
      createdAt: creditEntries.createdAt,
    })
    .from(creditEntries)
    .leftJoin(users, eq(users.id, creditEntries.createdBy))
    .where(eq(creditEntries.memberId, memberId))
    .orderBy(desc(creditEntries.id))
    .limit(limit);
}

export async function readCreditBalance(db: Db, memberId: number): Promise<number> {
  const { rows } = await db.execute<{ balance: number }>(sql`
    select coalesce(sum(amount), 0)::float8 as balance from ${creditEntries} where member_id = ${memberId}`);
  return rows[0]?.balance ?? 0;
}
