import { type Db, withTransaction } from "#db/client";
import { clearDraft } from "#db/queries/drafts";
import { AppError } from "#lib/errors";
import type { Clock } from "../define.ts";
import { fieldsOf, requireWorkflow } from "../require-workflow.ts";
import { saveWorkflow } from "../save-workflow.ts";
import { type Conflict, describeConflict } from "./conflict.ts";
import { editedOf, findDraftProblems, requireDraft } from "./draft.ts";

/** `requestId` is of the sweep for those who match now, if they were included. */
export type DraftPublished =
  | { status: "published"; revision: number; requestId: number | null }
  | { status: "conflict"; conflict: Conflict };

type Publish = {
  id: number;
  revision: number;
  /** When the trigger of a workflow that is on changes: also those who match it now, not only from now on. */
  includeCurrent: boolean;
  actorId: number | null;
};

/**
 * Makes the draft live: a new version. Runs that are going finish on theirs.
 * @throws AppError `invalid` with all problems at once, by field; `conflict` when there is no draft. Nothing changes then.
 */
export async function publishDraft(db: Db, publish: Publish, clock: Clock): Promise<DraftPublished> {
  const { id, revision, includeCurrent, actorId } = publish;
  return withTransaction(db, async (tx) => {
    const workflow = await requireWorkflow(tx, id);
    if (workflow.revision !== revision) {
      return describeConflict(tx, id, clock);
    }
    const found = await requireDraft(tx, id);
    if (found.draft === null) {
      throw new AppError("conflict", `"${workflow.name}" has no changes to publish.`);
    }
    const draft = editedOf(found);
    const problems = await findDraftProblems(tx, id, draft);
    if (problems.length > 0) {
      throw new AppError("invalid", "The workflow was not published. Correct what is marked.", fieldsOf(problems));
    }
    const { cooldownPeriodDays, ...rest } = draft;
    const input = { ...rest, id, cooldownPeriodDays: cooldownPeriodDays ?? undefined, includeCurrent, actorId };
    const saved = await saveWorkflow(tx, input, clock);
    await clearDraft(tx, id);
    return { status: "published", revision: saved.revision, requestId: saved.requestId };
  });
}
