import { Button, Modal } from "@mantine/core";
import classes from "../ui/dialog.module.css";
import type { UnconfirmedMessage } from "./unconfirmed-message.ts";

type Props = { message: UnconfirmedMessage | null; close: () => void; send: (message: UnconfirmedMessage) => void };

/** What went out twice cannot be taken back: it asks once more. */
export function SendAgainDialog({ message, close, send }: Props) {
  return (
    <Modal opened={message !== null} onClose={close} title="Send it again?">
      {message ? (
        <>
          <p className={classes.text}>
            If “{message.subject}” did arrive, {message.to} gets it twice. It is checked once more before it goes: who
            has opted out since, or for whom it is too late, does not get it.
          </p>
          <div className={classes.buttons}>
            <Button variant="default" onClick={close} data-autofocus>
              Cancel
            </Button>
            <Button onClick={() => send(message)}>Send again</Button>
          </div>
        </>
      ) : null}
    </Modal>
  );
}
