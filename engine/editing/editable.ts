import type { Db } from "#db/client";
import { findLastStepId } from "#db/queries/versions";
import type { Problem } from "../definition.ts";
import { type Draft, editedOf, findDraftProblems, liveOf, requireDraft } from "./draft.ts";

/** A workflow as the editor opens it. */
export type EditableWorkflow = {
  id: number;
  revision: number;
  /** What is edited: the draft, else a copy of what is live. */
  draft: Draft;
  /** Whether a draft is stored: there are changes that are not published. */
  hasDraft: boolean;
  /** What is live; null if it was never published. */
  live: Draft | null;
  /** The live version's number. */
  version: number | null;
  isEnabled: boolean;
  isArchived: boolean;
  editor: string | null;
  /** ISO instant. */
  editedAt: string;
  problems: Problem[];
  /** The highest id that any step of any of its versions had: figures are kept by step id, so a new step gets a higher one. */
  lastStepId: number;
};

/** @throws AppError `not_found` */
export async function readEditable(db: Db, id: number): Promise<EditableWorkflow> {
  const found = await requireDraft(db, id);
  const draft = editedOf(found);
  return {
    id,
    revision: found.revision,
    draft,
    hasDraft: found.draft !== null,
    live: liveOf(found),
    version: found.version,
    isEnabled: found.isEnabled,
    isArchived: found.archivedAt !== null,
    editor: found.editor,
    editedAt: found.revisedAt.toISOString(),
    problems: await findDraftProblems(db, id, draft),
    lastStepId: await findLastStepId(db, id),
  };
}
