"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import type { ActionResult } from "#lib/action-result";
import { callAction } from "../ui/call-action.ts";
import { Refusal } from "../ui/refusal.tsx";
import classes from "./settings-forms.module.css";

export type SendTest = (input: Record<string, never>) => Promise<ActionResult<{ sentTo: string }>>;

/** Sends a mail to whoever presses it, the way that all others go. */
export function TestSend({ sendTest, email }: { sendTest: SendTest; email: string }) {
  const [answer, setAnswer] = useState<Awaited<ReturnType<SendTest>> | null>(null);
  const [isPending, setPending] = useState(false);

  async function send() {
    setPending(true);
    setAnswer(await callAction(sendTest({})));
    setPending(false);
  }

  return (
    <div className={classes.buttons}>
      <Button variant="default" loading={isPending} onClick={send}>
        Send a test to {email}
      </Button>
      {answer && !answer.ok ? <Refusal>{answer.message}</Refusal> : null}
      <p role="status" className={classes.note}>
        {answer?.ok ? `On its way to ${answer.data.sentTo}. The log says what becomes of it.` : ""}
      </p>
    </div>
  );
}
