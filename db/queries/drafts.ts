import { and, eq, isNotNull, isNull, ne, sql } from "drizzle-orm";
import { type Db, type Tx, withTransaction } from "../client.ts";
import { users, automationWorkflows as w, workflowVersions } from "../schema/index.ts";
import { insertAuditEvent } from "./audit.ts";
import { memberName } from "./logs.ts";

const columns = {
  id: w.id,
  name: w.name,
  description: w.description,
  cooldownPeriodDays: w.cooldownPeriodDays,
  trigger: w.trigger,
  steps: w.steps,
  context: w.context,
  exitWhen: w.exitWhen,
  draft: w.draft,
  revision: w.revision,
  revisedAt: w.revisedAt,
  editor: memberName,
  isEnabled: w.isEnabled,
  archivedAt: w.archivedAt,
  /** Null of one that was never published. */
  version: workflowVersions.number,
};

/** A workflow with what is being edited of it, archived or not. */
export async function findDraft(db: Db, id: number) {
  const [found] = await db
    .select(columns)
    .from(w)
    .leftJoin(users, eq(users.id, w.revisedBy))
    .leftJoin(workflowVersions, eq(workflowVersions.id, w.liveVersionId))
    .where(eq(w.id, id));
  return found ?? null;
}

export type FoundDraft = NonNullable<Awaited<ReturnType<typeof findDraft>>>;

type NewDraft = { id: number; revision: number; draft: unknown; actorId: number | null };

/**
 * Stores a draft upon the revision that it began from, and answers with the new one; null when there is another by now, and
 * nothing is written then. What somebody else had written and this replaces is kept among the audit's events.
 */
export async function replaceDraft(db: Db, { id, revision, draft, actorId }: NewDraft, now: Date) {
  const isTheirs = sql`before.draft is not null and before.revised_by is distinct from ${actorId}::bigint`;
  const { rows } = await db.execute<{ revision: number }>(sql`
    with before as (
      select id, draft, revised_by from ${w} where id = ${id} and revision = ${revision} and archived_at is null
      for no key update
    ),
    kept as (
      insert into audit_events (actor_id, action, subject_type, subject_id, before)
      select ${actorId}::bigint, 'workflow.draft_replaced', 'workflow', before.id, before.draft from before where ${isTheirs}
    )
    update ${w} set draft = ${JSON.stringify(draft)}::jsonb, revision = ${w.revision} + 1,
           revised_at = ${now}::timestamptz, revised_by = ${actorId}::bigint
    from before where ${w.id} = before.id and ${w.revision} = ${revision}
    returning ${w.revision} as revision`);
  return rows[0]?.revision ?? null;
}

/** Lets go of what is not published; what it was stays among the audit's events. Null when there is another revision by now. */
export async function dropDraft(db: Db, { id, revision, actorId }: Omit<NewDraft, "draft">, now: Date) {
  return withTransaction(db, async (tx) => {
    const isSame = and(eq(w.id, id), eq(w.revision, revision), isNull(w.archivedAt), isNotNull(w.liveVersionId));
    const [before] = await tx.select({ draft: w.draft }).from(w).where(isSame).for("no key update");
    if (!before) {
      return null;
    }
    const [after] = await tx
      .update(w)
      .set({ draft: null, revision: revision + 1, revisedAt: now, revisedBy: actorId })
      .where(isSame)
      .returning({ revision: w.revision });
    await insertAuditEvent(tx, {
      actorId,
      action: "workflow.draft_discarded",
      subjectType: "workflow",
      subjectId: id,
      before: before.draft,
    });
    return after?.revision ?? null;
  });
}

/** The draft is live now. */
export async function clearDraft(tx: Tx, id: number) {
  await tx.update(w).set({ draft: null }).where(eq(w.id, id));
}

/** Whether another workflow of the gym has that name. */
export async function isNameTaken(db: Db, name: string, exceptId: number): Promise<boolean> {
  return (await db.$count(w, and(eq(w.name, name), isNull(w.archivedAt), ne(w.id, exceptId)))) > 0;
}

/** The names that workflows have, or would get once they are published. */
export async function listTakenNames(db: Db): Promise<Set<string>> {
  const { rows } = await db.execute<{ name: string }>(sql`
    select name from ${w} where archived_at is null
    union select draft ->> 'name' from ${w} where archived_at is null and draft ->> 'name' <> ''`);
  return new Set(rows.map(({ name }) => name));
}

type NewWorkflow = { name: string; draft: unknown; actorId: number | null };

/** A workflow that is a draft and nothing else; null where the name is another's. */
export async function insertDraft(tx: Tx, { name, draft, actorId }: NewWorkflow, now: Date): Promise<number | null> {
  const edited = { updatedAt: now, updatedBy: actorId, revisedAt: now, revisedBy: actorId };
  const [inserted] = await tx
    .insert(w)
    .values({ name, draft, createdAt: now, ...edited })
    .onConflictDoNothing({ target: w.name, where: isNull(w.archivedAt) })
    .returning({ id: w.id });
  return inserted?.id ?? null;
}
