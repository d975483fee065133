"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import type { ActionResult } from "#lib/action-result";
import { callAction } from "../ui/call-action.ts";
import classes from "./paused-channels.module.css";

type Props = { goOnSending: (input: Record<string, never>) => Promise<ActionResult<unknown>> };

/** This database is a copy: what it owes may have been sent by the one that it was copied from. */
export function CopyNotice({ goOnSending }: Props) {
  const [isAsked, setAsked] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function confirm() {
    setAsked(true);
    const answer = await callAction(goOnSending({}));
    setAsked(false);
    setRefusal(answer.ok ? null : answer.message);
  }

  return (
    <section className={classes.pause} aria-label="Sending is held">
      <p>
        <strong>Sending is held.</strong> This database was restored from a backup or moved. What it still owes may have
        been sent already by the one it was copied from. Make sure that the other one sends no more, then go on: email
        that a provider recognises goes out once all the same.
      </p>
      <div>
        <Button size="xs" loading={isAsked} onClick={confirm}>
          Go on sending
        </Button>
      </div>
      {refusal ? (
        <p role="alert" className={classes.error}>
          {refusal}
        </p>
      ) : null}
    </section>
  );
}
