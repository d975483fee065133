"use client";

import { Button, Modal } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ActionResult } from "#lib/action-result";
import { callAction } from "../ui/call-action.ts";
import dialog from "../ui/dialog.module.css";
import { useToast } from "../ui/toast.tsx";
import classes from "./by-hand.module.css";

type Props = {
  id: number;
  label: string;
  /** What it asks before, and what follows from it. */
  question: string;
  warning: string;
  /** What is said once it is done. */
  done: string;
  /** `wasDone` is false where nothing was left to do. */
  act: (input: { id: number }) => Promise<ActionResult<{ wasDone: boolean }>>;
};

/** One thing that an admin may do about what a log shows, after asking once more. */
export function ByHand({ id, label, question, warning, done, act }: Props) {
  const [isAsking, setAsking] = useState(false);
  const [isActing, setActing] = useState(false);
  const toast = useToast();
  const router = useRouter();

  async function confirm() {
    setActing(true);
    const answer = await callAction(act({ id }));
    setActing(false);
    setAsking(false);
    // The button may go with what it was about: what came of it is said elsewhere.
    toast(
      answer.ok
        ? { message: answer.data.wasDone ? done : "That had been decided before. Nothing was changed." }
        : { message: answer.message, isError: true },
    );
    router.refresh();
  }

  return (
    <div className={classes.place}>
      <Button variant="default" size="xs" onClick={() => setAsking(true)}>
        {label}
      </Button>
      <Modal opened={isAsking} onClose={() => setAsking(false)} title={question}>
        <p className={dialog.text}>{warning}</p>
        <div className={dialog.buttons}>
          <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
            Not now
          </Button>
          <Button loading={isActing} onClick={confirm}>
            {label}
          </Button>
        </div>
      </Modal>
    </div>
  );
}
