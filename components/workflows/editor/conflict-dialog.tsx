import { Button, Modal } from "@mantine/core";
import type { Conflict } from "#engine/editing/conflict";
import classes from "./dialogs.module.css";

type Props = { conflict: Conflict | null; keepMine: () => void; takeTheirs: () => void };

/** Somebody saved in between: a person decides, and whichever way, the other text is one undo away or in a version. */
export function ConflictDialog({ conflict, keepMine, takeTheirs }: Props) {
  return (
    <Modal
      opened={conflict !== null}
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title="Somebody else changed this workflow"
    >
      <div className={classes.body}>
        <p>{conflict?.message}</p>
        <p className={classes.hint}>
          “Take theirs” can be undone: yours comes back with Undo. “Keep mine” puts yours in the place of theirs.
        </p>
        <div className={classes.buttons}>
          <Button variant="default" onClick={takeTheirs} data-autofocus>
            Take theirs
          </Button>
          <Button onClick={keepMine}>Keep mine</Button>
        </div>
      </div>
    </Modal>
  );
}
