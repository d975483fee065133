import type { Db } from "#db/client";
import { replaceDraft } from "#db/queries/drafts";
import type { Clock } from "../define.ts";
import type { Problem } from "../definition.ts";
import { type Conflict, describeConflict } from "./conflict.ts";
import { type Draft, findDraftProblems, requireStorable } from "./draft.ts";

/** `problems` are what publishing would refuse, each with the path of its field. */
export type DraftSaved =
  | { status: "saved"; revision: number; problems: Problem[] }
  | { status: "conflict"; conflict: Conflict };

type NewDraft = {
  id: number;
  draft: Draft;
  /** The one that the editor began from, or that its last save answered. */
  revision: number;
  actorId: number | null;
};

/**
 * Keeps what is being edited, apart from what is live. What is wrong with it is told, not refused.
 * @throws AppError `invalid` or `too_large` for what cannot be stored at all; `not_found`.
 */
export async function saveDraft(db: Db, given: NewDraft, clock: Clock): Promise<DraftSaved> {
  requireStorable(given.draft);
  const revision = await replaceDraft(db, given, clock.now);
  return revision === null
    ? describeConflict(db, given.id, clock)
    : { status: "saved", revision, problems: await findDraftProblems(db, given.id, given.draft) };
}
