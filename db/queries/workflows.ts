import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import type { Db, Tx } from "../client.ts";
import { users, automationWorkflows as w } from "../schema/index.ts";

const columns = {
  id: w.id,
  name: w.name,
  description: w.description,
  trigger: w.trigger,
  steps: w.steps,
  context: w.context,
  exitWhen: w.exitWhen,
  isEnabled: w.isEnabled,
  cooldownPeriodDays: w.cooldownPeriodDays,
  liveVersionId: w.liveVersionId,
  revision: w.revision,
  enabledAt: w.enabledAt,
  createdAt: w.createdAt,
};

export async function listEnabledWorkflows(db: Db, id?: number) {
  return db
    .select(columns)
    .from(w)
    .where(and(eq(w.isEnabled, true), id === undefined ? undefined : eq(w.id, id)))
    .orderBy(asc(w.id));
}

/** What there is to choose from: those that are on first, without the archived ones. */
export function listCurrentWorkflowNames(db: Db): Promise<{ id: number; name: string }[]> {
  return db
    .select({ id: w.id, name: w.name })
    .from(w)
    .where(isNull(w.archivedAt))
    .orderBy(desc(w.isEnabled), asc(w.name));
}

/** A workflow as it is stored: its JSON parts may not parse. */
export type StoredWorkflow = Awaited<ReturnType<typeof listEnabledWorkflows>>[number];

export async function findWorkflow(db: Db, id: number): Promise<StoredWorkflow | null> {
  const [workflow] = await db
    .select(columns)
    .from(w)
    .where(and(eq(w.id, id), isNull(w.archivedAt)));
  return workflow ?? null;
}

/** Takes the row's lock, so that two people who switch it at once do so one after the other. */
export async function findWorkflowForUpdate(db: Db, id: number): Promise<StoredWorkflow | null> {
  const [workflow] = await db
    .select(columns)
    .from(w)
    .where(and(eq(w.id, id), isNull(w.archivedAt)))
    .for("no key update");
  return workflow ?? null;
}

/**
 * Until the transaction ends nobody switches, edits or deletes the workflow. False when somebody has: whoever goes by
 * that version is too late. Any number may hold it so at once.
 */
export async function holdLive(tx: Tx, { id, liveVersionId }: Pick<StoredWorkflow, "id" | "liveVersionId">) {
  const found = await tx
    .select({ id: w.id })
    .from(w)
    .where(and(eq(w.id, id), eq(w.isEnabled, true), sql`${w.liveVersionId} is not distinct from ${liveVersionId}`))
    .for("share");
  return found.length > 0;
}

/** How many runs each workflow holds for an admin, by its id. */
export async function countHeldRuns(db: Db): Promise<Map<number, number>> {
  const { rows } = await db.execute<{ id: number; held: number }>(sql`
    select workflow_id as id, count(*)::int as held from workflow_runs where status = 'held' group by workflow_id`);
  return new Map(rows.map(({ id, held }) => [id, held]));
}

/** The newest of a workflow that is on, which then stays so until the transaction ends: nobody switches, edits or deletes it. */
export async function holdEnabledWorkflow(tx: Tx, id: number): Promise<StoredWorkflow | null> {
  const [workflow] = await tx
    .select(columns)
    .from(w)
    .where(and(eq(w.isEnabled, true), eq(w.id, id)))
    .for("share");
  return workflow ?? null;
}

/** Who made a workflow's revision, and when; without a name when it was no person. */
export async function findLastEditor(db: Db, id: number): Promise<{ editor: string | null; editedAt: Date }> {
  const [found] = await db
    .select({
      editor: sql<string | null>`nullif(trim(${users.firstName} || ' ' || ${users.lastName}), '')`,
      editedAt: w.revisedAt,
    })
    .from(w)
    .leftJoin(users, eq(users.id, w.revisedBy))
    .where(eq(w.id, id));
  return found ?? { editor: null, editedAt: new Date(0) };
}
