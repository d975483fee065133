import type { Db } from "#db/client";
import { AppError } from "#lib/errors";
import type { Clock } from "../define.ts";
import { tellEdit } from "../tell-edit.ts";
import { type Draft, editedOf, requireDraft } from "./draft.ts";

/** Somebody saved since: who, when, and what they have. Nothing was written over. */
export type Conflict = {
  /** "Rico Frei changed "Win back" 2 minutes ago. Your text is kept." */
  message: string;
  editor: string | null;
  /** ISO instant. */
  editedAt: string;
  /** Save upon this revision to keep one's own over theirs. */
  revision: number;
  /** Their draft, or what is live if there is none: they published or discarded it. */
  theirs: Draft;
  isDraft: boolean;
};

/** @throws AppError `not_found` where it was archived: there is nothing left to save to. */
export async function describeConflict(
  db: Db,
  id: number,
  clock: Clock,
): Promise<{ status: "conflict"; conflict: Conflict }> {
  const found = await requireDraft(db, id);
  if (found.archivedAt) {
    throw new AppError("not_found", `"${found.name}" was archived. Put it back from the archive to go on with it.`);
  }
  const { editor, revisedAt, revision, draft } = found;
  const theirs = editedOf(found);
  return {
    status: "conflict",
    conflict: {
      message: `${tellEdit(theirs.name || found.name, { editor, editedAt: revisedAt }, clock)} Your text is kept.`,
      editor,
      editedAt: revisedAt.toISOString(),
      revision,
      theirs,
      isDraft: draft !== null,
    },
  };
}
