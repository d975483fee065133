import { Button, Modal } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { ActionResult } from "#lib/action-result";
import { callAction } from "../ui/call-action.ts";
import dialog from "../ui/dialog.module.css";
import { Refusal } from "../ui/refusal.tsx";

type Props = {
  title: string;
  confirmLabel: string;
  isDangerous?: boolean;
  ask: () => Promise<ActionResult<unknown>>;
  onDone: () => void;
  close: () => void;
  children: ReactNode;
};

/** Says what would happen, and does it if somebody wants it. Why it was refused is said in the same place. */
export function AskDialog({ title, confirmLabel, isDangerous, ask, onDone, close, children }: Props) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);

  async function confirm() {
    setPending(true);
    const answer = await callAction(ask());
    setPending(false);
    if (answer.ok) {
      onDone();
    } else {
      setRefusal(answer.message);
    }
  }

  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ "aria-label": "Close" }} centered>
      <div className={dialog.text}>{children}</div>
      {refusal ? <Refusal>{refusal}</Refusal> : null}
      <div className={dialog.buttons}>
        <Button variant="default" onClick={close} data-autofocus>
          Cancel
        </Button>
        <Button color={isDangerous ? "red" : undefined} loading={isPending} onClick={confirm}>
          {confirmLabel}
        </Button>
      </div>
    </Modal>
  );
}
