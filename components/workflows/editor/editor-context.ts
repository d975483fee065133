import { createContext, type Dispatch, useContext } from "react";
import type { Vocabulary } from "./describe-draft.ts";
import type { Command, EditorState } from "./editor-state.ts";
import type { ProblemsByOwner } from "./problems.ts";
import type { StepNumbers } from "./step-numbers.ts";

/** What stays the same while somebody edits: whoever needs no more is not drawn anew by each letter. */
export type EditorTools = {
  send: Dispatch<Command>;
  vocabulary: Vocabulary;
  /** The gym's: whoever edits may be elsewhere. */
  timeZone: string;
  /** Staff look, and change nothing. */
  mayEdit: boolean;
};

type Editor = EditorTools & {
  state: EditorState;
  problems: ProblemsByOwner;
  /** What became of each step in the last 30 days, by its id. */
  numbers: Record<number, StepNumbers>;
};

export const ToolsContext = createContext<EditorTools | null>(null);
export const EditorContext = createContext<Editor | null>(null);

export const useTools = (): EditorTools => required(useContext(ToolsContext));
export const useEditor = (): Editor => required(useContext(EditorContext));

function required<Context>(context: Context | null): Context {
  if (!context) {
    throw new Error("This is for what is inside a workflow editor");
  }
  return context;
}
