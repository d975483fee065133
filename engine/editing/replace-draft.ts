import type { Db } from "#db/client";
import { dropDraft } from "#db/queries/drafts";
import { findVersionByNumber } from "#db/queries/versions";
import { AppError } from "#lib/errors";
import type { Clock } from "../define.ts";
import type { Problem } from "../definition.ts";
import { type Conflict, describeConflict } from "./conflict.ts";
import { type Draft, editedOf, findDraftProblems, isPublished, requireDraft } from "./draft.ts";
import { saveDraft } from "./save-draft.ts";

/** What is edited from now on is another content than the browser has. */
export type DraftReplaced =
  | { status: "saved"; revision: number; draft: Draft; problems: Problem[] }
  | { status: "conflict"; conflict: Conflict };

type Replace = { id: number; revision: number; actorId: number | null };

/**
 * Back to what is live. The draft stays among the audit's events.
 * @throws AppError `conflict` for a workflow that was never published: there is nothing to go back to.
 */
export async function discardDraft(db: Db, discard: Replace, clock: Clock): Promise<DraftReplaced> {
  const found = await requireDraft(db, discard.id);
  if (!isPublished(found)) {
    throw new AppError("conflict", `"${found.name}" was never published. Archive it if you do not need it.`);
  }
  const revision = await dropDraft(db, discard, clock.now);
  if (revision === null) {
    return describeConflict(db, discard.id, clock);
  }
  const draft = editedOf(await requireDraft(db, discard.id));
  return { status: "saved", revision, draft, problems: await findDraftProblems(db, discard.id, draft) };
}

/** Puts an earlier version's definition into the draft; name, description and cooldown stay. It is live once it is published. */
export async function restoreVersion(
  db: Db,
  restore: Replace & { version: number },
  clock: Clock,
): Promise<DraftReplaced> {
  const { id, version: number } = restore;
  const found = await requireDraft(db, id);
  const version = await findVersionByNumber(db, id, number);
  if (!version) {
    throw new AppError("not_found", `"${found.name}" has no version ${number}.`);
  }
  const { trigger, steps, context, exitWhen } = version;
  const draft = { ...editedOf(found), trigger, steps, context, exitWhen };
  const saved = await saveDraft(db, { ...restore, draft }, clock);
  return saved.status === "saved" ? { ...saved, draft } : saved;
}
