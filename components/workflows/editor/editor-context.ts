import { createContext, type Dispatch, useContext } from "react";
import type { Vocabulary } from "./describe-draft.ts";
import type { Command, EditorState } from "./editor-state.ts";
import type { ProblemsByOwner } from "./problems.ts";
import type { StepNumbers } from "./step-numbers.ts";

type Editor = {
  state: EditorState;
  send: Dispatch<Command>;
  vocabulary: Vocabulary;
  problems: ProblemsByOwner;
  /** What became of each step in the last 30 days, by its id. */
  numbers: Record<number, StepNumbers>;
  /** Staff look, and change nothing. */
  mayEdit: boolean;
};

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) {
    throw new Error("useEditor is for what is inside a workflow editor");
  }
  return editor;
}
