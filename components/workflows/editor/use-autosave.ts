import { useEffect, useLayoutEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { Draft } from "./draft.ts";
import { createDraftSaver, type Stored } from "./draft-saver.ts";
import type { EditorActions } from "./editor-actions.ts";
import { type Kept, keepDraft, readKeptDraft } from "./kept-draft.ts";

type Options = {
  workflowId: number;
  /** What the page came with. */
  page: Stored;
  /** What is shown. */
  draft: Draft;
  mayEdit: boolean;
  save: EditorActions["save"];
  /** What this tab knows better than the page is to be shown. */
  resume: (kept: Kept) => void;
};

/** Keeps the server, and this tab until then, up to date with what is shown. */
export function useAutosave({ workflowId, page, draft, mayEdit, save, resume }: Options) {
  const [saver] = useState(() =>
    createDraftSaver(page, {
      save: (input) => save({ workflowId, ...input }),
      keep: (kept) => keepDraft(workflowId, kept),
    }),
  );
  const { stored, save: state } = useSyncExternalStore(saver.subscribe, saver.getState, saver.getState);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, before the page is seen
  useLayoutEffect(() => {
    const kept = mayEdit ? readKeptDraft(workflowId) : null;
    if (kept && !kept.isSaved) {
      saver.goOver(kept.revision);
      resume(kept);
    } else if (kept && kept.revision > page.revision) {
      saver.goOnFrom(kept);
      resume(kept);
    }
  }, []);
  useEffect(() => saver.edit(draft), [saver, draft]);
  useEffect(() => saver.open(), [saver]);

  const known = page.revision === stored.revision ? page.problems : stored.problems;
  return {
    saver,
    state,
    /** Why it could not be stored, then what publishing would refuse: the page knows better where it came later. */
    problems: useMemo(() => [...(state.is === "failed" ? state.problems : []), ...known], [state, known]),
    /** Whether there is anything to publish. */
    hasDraft: stored.isDraft || draft !== stored.draft,
  };
}
