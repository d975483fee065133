"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, useCallback, useMemo, useReducer, useState } from "react";
import type { Conflict } from "#engine/editing/conflict";
import { callAction } from "../../ui/call-action.ts";
import { Late } from "../../ui/late.tsx";
import { LeaveGuard } from "../../ui/leave-guard.tsx";
import { useToast } from "../../ui/toast.tsx";
import { AudiencePreview } from "./audience-preview.tsx";
import { ConflictDialog } from "./conflict-dialog.tsx";
import type { Vocabulary } from "./describe-draft.ts";
import type { Draft } from "./draft.ts";
import type { Stored } from "./draft-saver.ts";
import type { EditorActions } from "./editor-actions.ts";
import { EditorBar } from "./editor-bar.tsx";
import { EditorCanvas } from "./editor-canvas.tsx";
import { EditorContext, ToolsContext } from "./editor-context.ts";
import { beginEditing, type Command, reduce } from "./editor-state.ts";
import type { Kept } from "./kept-draft.ts";
import { Panel } from "./panel.tsx";
import { groupProblems, type Problem } from "./problems.ts";
import { PublishDialog } from "./publish-dialog.tsx";
import { readDraft } from "./read-draft.ts";
import { TryDrawer } from "./try-drawer.tsx";
import { useAutosave } from "./use-autosave.ts";
import { useStepNumbers } from "./use-step-numbers.ts";
import { VersionsDrawer } from "./versions-drawer.tsx";
import classes from "./workflow-editor.module.css";

export type EditedWorkflow = {
  id: number;
  revision: number;
  draft: Draft;
  isPublished: boolean;
  isArchived: boolean;
  /** Whether the draft differs from what is live. */
  hasDraft: boolean;
  isEnabled: boolean;
  problems: Problem[];
  lastStepId: number;
};

type Props = {
  workflow: EditedWorkflow;
  vocabulary: Vocabulary;
  /** The gym's day. */
  today: string;
  /** The gym's. */
  timeZone: string;
  actions: EditorActions;
  mayEdit: boolean;
};

export function WorkflowEditor({ workflow, vocabulary, today, timeZone, actions, mayEdit }: Props) {
  const { id, isPublished } = workflow;
  const router = useRouter();
  const show = useToast();
  const [state, dispatch] = useReducer(reduce, workflow, ({ draft, lastStepId }) => beginEditing(draft, lastStepId));
  const [isPanelOpen, setPanelOpen] = useState(false);
  const [sheet, setSheet] = useState<"publish" | "versions" | "try" | null>(null);
  const draft = state.history.present;
  const saving = useAutosave({
    workflowId: id,
    page: pageOf(workflow),
    draft,
    mayEdit,
    save: actions.save,
    resume,
  });
  const { saver, hasDraft } = saving;
  const { numbers, areMissing } = useStepNumbers(id, isPublished);
  const problems = useMemo(() => groupProblems(saving.problems, draft.steps), [saving.problems, draft.steps]);
  const close = () => setSheet(null);

  const send = useCallback((command: Command) => {
    dispatch(command);
    if (command.do === "select" || command.do === "insert") {
      setPanelOpen(true);
    }
  }, []);

  function resume(kept: Kept) {
    dispatch({ do: kept.isSaved ? "open" : "replace", draft: kept.draft });
    if (!kept.isSaved) {
      show({ message: "Your changes from before are back." });
    }
  }

  async function publish(includeCurrent: boolean): Promise<string | null> {
    if (!(await saver.saveNow())) {
      return "Your last changes are not saved yet. Try again in a moment.";
    }
    const answer = await callAction(actions.publish({ ...at(), includeCurrent }));
    if (!answer.ok) {
      return answer.message;
    }
    close();
    if (answer.data.status === "conflict") {
      saver.meet(answer.data.conflict);
      return null;
    }
    saver.goOnFrom({ draft, revision: answer.data.revision, problems: [], isDraft: false });
    show({ message: `“${draft.name}” is published.` });
    router.refresh();
    return null;
  }

  /** The server has put another content in the place of this one; here it is one change, so that it can be undone. */
  async function replace(ask: () => ReturnType<EditorActions["discard"]>, isDraft: boolean, message: string) {
    if (!(await saver.saveNow())) {
      return;
    }
    const answer = await callAction(ask());
    close();
    if (!answer.ok) {
      show({ message: answer.message, isError: true });
    } else if (answer.data.status === "conflict") {
      saver.meet(answer.data.conflict);
    } else {
      goOnWith(answer.data, isDraft);
      show({ message });
    }
  }

  type Newest = { draft: Conflict["theirs"]; revision: number; problems: Problem[] };

  function goOnWith({ draft: stored, ...newest }: Newest, isDraft: boolean) {
    const content = readDraft(stored);
    if (content) {
      dispatch({ do: "replace", draft: content });
      saver.goOnFrom({ ...newest, draft: content, isDraft });
    }
    router.refresh();
  }

  const at = () => ({ workflowId: id, revision: saver.getState().stored.revision });
  const discard = () => replace(() => actions.discard(at()), false, "The draft is discarded.");
  const restore = (version: number) =>
    replace(
      () => actions.restore({ ...at(), version }),
      true,
      `Version ${version} is in the draft. It is live when you publish it.`,
    );

  function takeTheirs() {
    if (saving.state.is === "conflict") {
      const { theirs, revision, isDraft } = saving.state.conflict;
      // What is wrong with theirs comes with the page.
      goOnWith({ draft: theirs, revision, problems: [] }, isDraft);
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    const isTyping = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
    if (event.key === "Escape") {
      setPanelOpen(false);
      send({ do: "let go" });
    }
    if (mayEdit && !isTyping && (event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "z") {
      event.preventDefault();
      send({ do: event.shiftKey ? "redo" : "undo" });
    }
  }

  const sheetProps = { workflowId: id, actions, close };
  const tools = useMemo(() => ({ send, vocabulary, timeZone, mayEdit }), [send, vocabulary, timeZone, mayEdit]);
  const editor = useMemo(() => ({ ...tools, state, problems, numbers }), [tools, state, problems, numbers]);
  return (
    <ToolsContext value={tools}>
      <EditorContext value={editor}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keys that count wherever somebody is in the editor */}
        <div className={classes.editor} data-panel-open={isPanelOpen || undefined} onKeyDown={onKeyDown}>
          <EditorBar
            name={draft.name}
            canUndo={state.history.past.length > 0}
            canRedo={state.history.future.length > 0}
            standing={standingOf(workflow)}
            hasDraft={hasDraft}
            saveState={saving.state}
            retry={saver.saveNow}
            open={setSheet}
          />
          <EditorCanvas areNumbersMissing={areMissing} />
          <Panel
            isOpen={isPanelOpen}
            close={() => setPanelOpen(false)}
            audience={<AudiencePreview workflowId={id} trigger={draft.trigger} />}
          />
        </div>
        <Late isOpen={sheet === "publish"}>
          <PublishDialog {...sheetProps} isOpen={sheet === "publish"} publish={publish} />
        </Late>
        <Late isOpen={sheet === "versions"}>
          <VersionsDrawer
            {...sheetProps}
            isOpen={sheet === "versions"}
            restore={restore}
            discard={mayEdit && hasDraft && isPublished ? discard : null}
          />
        </Late>
        <Late isOpen={sheet === "try"}>
          <TryDrawer {...sheetProps} isOpen={sheet === "try"} draft={draft} today={today} />
        </Late>
        <Late isOpen={saving.state.is === "conflict"}>
          <ConflictDialog
            conflict={saving.state.is === "conflict" ? saving.state.conflict : null}
            keepMine={() => saving.state.is === "conflict" && saver.goOver(saving.state.conflict.revision)}
            takeTheirs={takeTheirs}
          />
        </Late>
        <LeaveGuard isDirty={saving.state.is !== "saved"} save={saver.saveNow}>
          Your last changes are not saved. They stay in this tab until you come back.
        </LeaveGuard>
      </EditorContext>
    </ToolsContext>
  );
}

const pageOf = ({ draft, revision, problems, hasDraft }: EditedWorkflow): Stored => ({
  draft,
  revision,
  problems,
  isDraft: hasDraft,
});

function standingOf({ isArchived, isPublished, isEnabled }: EditedWorkflow) {
  if (isArchived) {
    return "archived";
  }
  return isPublished ? (isEnabled ? "on" : "off") : "draft";
}
