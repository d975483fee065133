import type { Stored } from "./draft-saver.ts";
import { readDraft } from "./read-draft.ts";

/** What this tab knows of a workflow beyond the page that it was given; its draft may not be stored yet. */
export type Kept = Stored & { isSaved: boolean };

const keyOf = (workflowId: number) => `workflow-draft:${workflowId}`;

/** By tab: what is not saved survives a reload, and going back shows what was saved last, not the page as it once came. */
export const keepDraft = (workflowId: number, kept: Kept) =>
  sessionStorage.setItem(keyOf(workflowId), JSON.stringify(kept));

/** Null where nothing is kept, or nothing that this version of the editor can show. */
export function readKeptDraft(workflowId: number): Kept | null {
  const text = sessionStorage.getItem(keyOf(workflowId));
  const kept = text === null ? null : (JSON.parse(text) as Kept);
  const draft = kept && readDraft(kept.draft);
  return kept && draft ? { ...kept, draft } : null;
}
