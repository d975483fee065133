import { Button, Modal } from "@mantine/core";
import classes from "../ui/dialog.module.css";

type Props = { name: string; refusal: string; close: () => void; confirm: () => void };

/** Says which workflows still send it; they go on without it if that is wanted. */
export function ArchiveDialog({ name, refusal, close, confirm }: Props) {
  return (
    <Modal opened onClose={close} title={`“${name}” was not archived`}>
      <p className={classes.text}>{refusal}</p>
      <div className={classes.buttons}>
        <Button variant="default" onClick={confirm}>
          Archive all the same
        </Button>
        <Button onClick={close} data-autofocus>
          Keep it
        </Button>
      </div>
    </Modal>
  );
}
