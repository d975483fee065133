import type { Conflict } from "#engine/editing/conflict";
import type { DraftSaved } from "#engine/editing/save-draft";
import type { ActionResult } from "#lib/action-result";
import { callAction } from "../../ui/call-action.ts";
import type { Draft } from "./draft.ts";
import type { Kept } from "./kept-draft.ts";
import type { Problem } from "./problems.ts";
import { isSame } from "./same-content.ts";

export type SaveState =
  | { is: "saved" | "waiting" | "saving" }
  /** `mayHelp`: to try again as it is. `problems`: what was refused, by its field. */
  | { is: "failed"; message: string; mayHelp: boolean; problems: Problem[] }
  | { is: "conflict"; conflict: Conflict };

/** What the server has, as far as it is known here. */
export type Stored = {
  draft: Draft;
  revision: number;
  problems: Problem[];
  /** Whether it is apart from what is live. */
  isDraft: boolean;
};

type State = { stored: Stored; save: SaveState };

type Options = {
  save: (input: { revision: number; draft: Draft }) => Promise<ActionResult<DraftSaved>>;
  /** Is given what is shown now, upon which revision, after each change. */
  keep: (kept: Kept) => void;
};

/** After the last letter: long enough for a word, short enough to lose nothing. */
const restMs = 600;
const againMs = 5_000;

export type DraftSaver = ReturnType<typeof createDraftSaver>;

/**
 * Saves what is edited soon after each change, one save at a time. What could not be saved stays here and is tried again;
 * what somebody else saved meanwhile stops it until a person decides.
 */
export function createDraftSaver(begin: Stored, { save, keep }: Options) {
  let state: State = { stored: begin, save: { is: "saved" } };
  let latest = begin.draft;
  let running: Promise<unknown> = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOpen = false;
  const listeners = new Set<() => void>();

  const isSaved = () => latest === state.stored.draft;

  function become(next: Partial<State>) {
    state = { ...state, ...next };
    remember();
    for (const listener of listeners) {
      listener();
    }
  }

  function remember() {
    keep({ ...state.stored, draft: latest, isSaved: isSaved() });
    plan();
  }

  function plan() {
    clearTimeout(timer);
    const { save } = state;
    const mayHelp = save.is === "waiting" || (save.is === "failed" && save.mayHelp);
    if (isOpen && mayHelp) {
      timer = setTimeout(saveNow, save.is === "waiting" ? restMs : againMs);
    }
  }

  /** Whether what is shown is what is stored. */
  function saveNow(): Promise<boolean> {
    const next = running.then(sendLatest);
    running = next;
    return next;
  }

  async function sendLatest(): Promise<boolean> {
    const { stored } = state;
    const sent = latest;
    if (sent === stored.draft) {
      become({ save: { is: "saved" } });
      return true;
    }
    become({ save: { is: "saving" } });
    const answer = await callAction(save({ revision: stored.revision, draft: sent }), "Your text is kept.");
    if (!answer.ok) {
      const { message, fields } = answer;
      const problems = Object.entries(fields).map(([path, message]) => ({ path, message }));
      become({ save: { is: "failed", message, problems, mayHelp: "mayPass" in answer && answer.mayPass } });
      return false;
    }
    if (answer.data.status === "saved") {
      const { revision, problems } = answer.data;
      const isLatest = latest === sent;
      become({
        stored: { draft: sent, revision, problems, isDraft: true },
        save: { is: isLatest ? "saved" : "waiting" },
      });
      return isLatest;
    }
    const { conflict } = answer.data;
    if (!isSame(conflict.theirs, sent)) {
      become({ save: { is: "conflict", conflict } });
      return false;
    }
    // Saved by ourselves, and the answer never came.
    become({ stored: { ...stored, revision: conflict.revision } });
    return sendLatest();
  }

  return {
    saveNow,
    getState: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** What is shown is another content now. */
    edit(draft: Draft) {
      if (draft === latest) {
        return;
      }
      latest = draft;
      const { is } = state.save;
      const next = isSaved() ? "saved" : "waiting";
      if (is === next || is === "saving" || is === "conflict") {
        remember();
      } else {
        become({ save: { is: next } });
      }
    },
    /** Goes on from what is known to be the newest, with what is given and stored there. */
    goOnFrom(stored: Stored) {
      latest = stored.draft;
      become({ stored, save: { is: "saved" } });
    },
    /** Goes on from what is known to be the newest, and puts what is here in its place. */
    goOver(revision: number) {
      become({ stored: { ...state.stored, revision }, save: { is: isSaved() ? "saved" : "waiting" } });
    },
    meet: (conflict: Conflict) => become({ save: { is: "conflict", conflict } }),
    /** Saves by itself until it is closed; what is not saved by then is sent off. */
    open() {
      isOpen = true;
      plan();
      return () => {
        isOpen = false;
        plan();
        if (!isSaved() && state.save.is !== "conflict") {
          void saveNow();
        }
      };
    },
  };
}
