"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import type { ActionResult } from "#lib/action-result";
import { callAction } from "../ui/call-action.ts";
import classes from "./paused-channels.module.css";

type Props = { goOnSending: (input: { mayHaveSent: boolean }) => Promise<ActionResult<unknown>> };

/** This database is a copy: what it owes may have been sent by the one that it was copied from. */
export function CopyNotice({ goOnSending }: Props) {
  const [asked, setAsked] = useState<boolean | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function confirm(mayHaveSent: boolean) {
    setAsked(mayHaveSent);
    const answer = await callAction(goOnSending({ mayHaveSent }));
    setAsked(null);
    setRefusal(answer.ok ? null : answer.message);
  }

  return (
    <section className={classes.pause} aria-label="Sending is held">
      <p>
        <strong>Sending is held.</strong> This database was restored from a backup or moved. Make sure that the one it
        was copied from sends no more. Did it go on sending after the copy was made? No provider can tell what is due
        here from what it was handed there.
      </p>
      <div className={classes.buttons}>
        <Button size="xs" loading={asked === true} disabled={asked === false} onClick={() => confirm(true)}>
          It may have: I decide what is due
        </Button>
        <Button
          size="xs"
          variant="default"
          loading={asked === false}
          disabled={asked === true}
          onClick={() => confirm(false)}
        >
          It sent nothing: go on sending
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
