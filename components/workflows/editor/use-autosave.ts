import { useCallback, useEffect, useRef, useState } from "react";
import type { Conflict } from "#engine/editing/conflict";
import { unreachable } from "../unreachable.ts";
import type { Draft } from "./draft.ts";
import type { EditorActions } from "./editor-actions.ts";
import type { Problem } from "./problems.ts";

export type SaveState =
  | { is: "saved" | "waiting" | "saving" }
  /** `mayHelp`: to try again as it is. */
  | { is: "failed"; message: string; mayHelp: boolean }
  | { is: "conflict"; conflict: Conflict };

type Options = {
  workflowId: number;
  draft: Draft;
  revision: number;
  problems: Problem[];
  save: EditorActions["save"];
};

/** After the last letter: long enough for a word, short enough to lose nothing. */
const restMs = 600;
const againMs = 5_000;

/**
 * Saves what is edited soon after each change, one save at a time. What could not be saved stays here and is tried again;
 * what somebody else saved meanwhile stops it until a person decides.
 */
export function useAutosave({ workflowId, draft, save, ...initial }: Options) {
  const [state, setState] = useState<SaveState>({ is: "saved" });
  const [problems, setProblems] = useState(initial.problems);
  const revision = useRef(initial.revision);
  const saved = useRef(draft);
  const running = useRef<Promise<unknown>>(Promise.resolve());
  const latest = useRef(draft);
  latest.current = draft;

  const sendLatest = useCallback(async (): Promise<boolean> => {
    const sent = latest.current;
    if (sent === saved.current) {
      setState({ is: "saved" });
      return true;
    }
    setState({ is: "saving" });
    const answer = await save({ workflowId, revision: revision.current, draft: sent }).catch(() => unreachable);
    if (!answer.ok) {
      setState({ is: "failed", message: answer.message, mayHelp: answer === unreachable });
      return false;
    }
    if (answer.data.status === "conflict") {
      setState({ is: "conflict", conflict: answer.data.conflict });
      return false;
    }
    revision.current = answer.data.revision;
    saved.current = sent;
    setProblems(answer.data.problems);
    setState({ is: latest.current === sent ? "saved" : "waiting" });
    return latest.current === sent;
  }, [save, workflowId]);

  /** Whether what is shown is what is stored. */
  const saveNow = useCallback((): Promise<boolean> => {
    const next = running.current.then(sendLatest);
    running.current = next;
    return next;
  }, [sendLatest]);

  useEffect(() => {
    if (draft !== saved.current) {
      setState((now) => (now.is === "saved" || now.is === "failed" ? { is: "waiting" } : now));
    }
  }, [draft]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the draft begins the rest anew
  useEffect(() => {
    if (state.is !== "waiting" && !(state.is === "failed" && state.mayHelp)) {
      return;
    }
    const timer = setTimeout(saveNow, state.is === "waiting" ? restMs : againMs);
    return () => clearTimeout(timer);
  }, [state, draft, saveNow]);

  const isUnsaved = state.is !== "saved";
  useEffect(() => {
    if (!isUnsaved) {
      return;
    }
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isUnsaved]);

  /** Goes on from a revision that is known to be the newest: with what is here, or with what is given and stored there. */
  const goOnFrom = useCallback((newest: number, stored?: Draft, found?: Problem[]) => {
    revision.current = newest;
    if (stored) {
      saved.current = stored;
    }
    if (found) {
      setProblems(found);
    }
    setState({ is: stored ? "saved" : "waiting" });
  }, []);

  const meet = useCallback((conflict: Conflict) => setState({ is: "conflict", conflict }), []);

  return { state, problems, revision, saveNow, goOnFrom, meet };
}
