import { Button } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconHistory,
  IconPlayerPlay,
  IconSettings,
} from "@tabler/icons-react";
import Link from "next/link";
import { memo } from "react";
import { IconButton, WordButton } from "../../ui/plain-button.tsx";
import { Tone } from "../../ui/tone.tsx";
import type { SaveState } from "./draft-saver.ts";
import classes from "./editor-bar.module.css";
import { useTools } from "./editor-context.ts";

type Props = {
  name: string;
  canUndo: boolean;
  canRedo: boolean;
  /** On, off, never published, or put away. */
  standing: "on" | "off" | "draft" | "archived";
  hasDraft: boolean;
  saveState: SaveState;
  retry: () => void;
  open: (sheet: "publish" | "versions" | "try") => void;
};

const standings = {
  on: ["good", "On"],
  off: ["wait", "Off"],
  draft: ["active", "Draft"],
  archived: ["wait", "Archived"],
} as const;

export const EditorBar = memo(function EditorBar(props: Props) {
  const { name, canUndo, canRedo, standing, hasDraft, saveState, retry, open } = props;
  const { send, mayEdit } = useTools();
  const [tone, word] = standings[standing];
  return (
    <header className={classes.bar}>
      <div className={classes.name}>
        <Link href="/admin/workflows" className={classes.back} aria-label="All workflows">
          <IconArrowLeft size={18} stroke={1.75} aria-hidden />
        </Link>
        <h1>{name || "Untitled workflow"}</h1>
        <Tone tone={tone}>{word}</Tone>
      </div>
      <SaveNote state={saveState} hasDraft={hasDraft} retry={retry} />
      <div className={classes.tools}>
        {mayEdit ? (
          <>
            <IconButton label="Undo" disabled={!canUndo} onClick={() => send({ do: "undo" })}>
              <IconArrowBackUp size={18} stroke={1.75} aria-hidden />
            </IconButton>
            <IconButton label="Redo" disabled={!canRedo} onClick={() => send({ do: "redo" })}>
              <IconArrowForwardUp size={18} stroke={1.75} aria-hidden />
            </IconButton>
          </>
        ) : null}
        <IconButton label="Name, cooldown and exits" onClick={() => send({ do: "select", selected: "workflow" })}>
          <IconSettings size={18} stroke={1.75} aria-hidden />
        </IconButton>
        <IconButton label="Versions" onClick={() => open("versions")}>
          <IconHistory size={18} stroke={1.75} aria-hidden />
        </IconButton>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlayerPlay size={14} stroke={1.75} aria-hidden />}
          onClick={() => open("try")}
        >
          Try it
        </Button>
        {mayEdit ? (
          <Button size="xs" disabled={!hasDraft} onClick={() => open("publish")}>
            Publish
          </Button>
        ) : null}
      </div>
    </header>
  );
});

function SaveNote({ state, hasDraft, retry }: { state: SaveState; hasDraft: boolean; retry: () => void }) {
  const words = {
    saved: hasDraft ? "Draft saved" : "",
    waiting: "Saving…",
    saving: "Saving…",
    conflict: "Not saved: changed by somebody else",
    failed: "Not saved",
  };
  return (
    <p className={classes.saved} role="status" data-bad={state.is === "failed" || state.is === "conflict" || undefined}>
      {words[state.is]}
      {state.is === "failed" ? (
        <>
          {`: ${state.message} `}
          <WordButton onClick={retry}>Try again</WordButton>
        </>
      ) : null}
    </p>
  );
}
