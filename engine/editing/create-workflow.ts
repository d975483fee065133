import { type Db, type Tx, withTransaction } from "#db/client";
import { insertAuditEvent } from "#db/queries/audit";
import { insertDraft, listTakenNames } from "#db/queries/drafts";
import { AppError } from "#lib/errors";
import type { Clock } from "../define.ts";
import { triggers } from "../triggers/index.ts";
import { type Draft, editedOf, requireDraft, requireStorable } from "./draft.ts";
import { freeName } from "./free-name.ts";

type Created = { id: number };

/** A workflow to be made up from nothing: a draft with a trigger to begin with, and no step yet. */
export async function createBlank(db: Db, { actorId }: { actorId: number | null }, clock: Clock): Promise<Created> {
  const trigger = triggers.schema.parse({ type: "low_engagement" });
  const draft = { description: "", cooldownPeriodDays: 7, trigger, steps: [], context: {}, exitWhen: [] };
  return createDraft(db, { draft: { ...draft, name: "New workflow" }, actorId }, clock);
}

/** A draft with all that the workflow has, published or not. It is off until somebody publishes it and switches it on. */
export async function duplicateWorkflow(db: Db, given: { id: number; actorId: number | null }, clock: Clock) {
  const found = await requireDraft(db, given.id);
  if (found.archivedAt) {
    throw new AppError("not_found", `"${found.name}" was archived. Put it back first.`);
  }
  const draft = editedOf(found);
  requireStorable(draft);
  return createDraft(db, { draft: { ...draft, name: `Copy of ${draft.name}` }, actorId: given.actorId }, clock);
}

/** Stores a workflow that was never published, under the first name from `draft.name` on that nobody has. */
export async function createDraft(
  db: Db,
  { draft, actorId }: { draft: Draft; actorId: number | null },
  clock: Clock,
): Promise<Created> {
  return withTransaction(db, async (tx) => {
    const { id, name } = await insertUnderFreeName(tx, draft, actorId, clock);
    await insertAuditEvent(tx, {
      actorId,
      action: "workflow.created",
      subjectType: "workflow",
      subjectId: id,
      after: { name },
    });
    return { id };
  });
}

/** Who is faster with a name has it: then the next one is free. */
async function insertUnderFreeName(tx: Tx, draft: Draft, actorId: number | null, clock: Clock) {
  for (;;) {
    const name = freeName(draft.name, await listTakenNames(tx));
    const id = await insertDraft(tx, { name, draft: { ...draft, name }, actorId }, clock.now);
    if (id !== null) {
      return { id, name };
    }
  }
}
