"use client";

import { EmptyState } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useState } from "react";
import { SendAgainDialog } from "./send-again-dialog.tsx";
import classes from "./unconfirmed-list.module.css";
import type { UnconfirmedActions, UnconfirmedMessage } from "./unconfirmed-message.ts";
import { UnconfirmedRow } from "./unconfirmed-row.tsx";
import { useDecisions } from "./use-decisions.ts";

type Props = { messages: UnconfirmedMessage[]; total: number; actions: UnconfirmedActions };

/** Messages that may or may not have left, for a person to decide. */
export function UnconfirmedList({ messages, total, actions }: Props) {
  const { deciding, said, place, decide, check } = useDecisions(actions);
  const [asked, setAsked] = useState<UnconfirmedMessage | null>(null);

  return (
    <>
      <div ref={place} tabIndex={-1} className={classes.said} role="status" data-refusal={said?.isRefusal || undefined}>
        {said?.text}
      </div>
      {messages.length === 0 ? (
        <EmptyState
          icon={<IconCircleCheck size={28} stroke={1.5} />}
          title="Nothing is uncertain"
          description="A message appears here when the connection to its provider was lost at an instant that leaves open whether it left."
          py="xl"
        />
      ) : (
        <ul className={classes.rows}>
          {messages.map((message) => (
            <UnconfirmedRow
              key={message.id}
              message={message}
              isDeciding={deciding === message.id}
              confirmArrival={() => decide("confirmArrival", message)}
              sendAgain={() => setAsked(message)}
              check={() => check(message)}
            />
          ))}
        </ul>
      )}
      {total > messages.length ? (
        <p className={classes.more}>
          And {(total - messages.length).toLocaleString("en")} older ones, which move up as you decide.
        </p>
      ) : null}
      <SendAgainDialog
        message={asked}
        close={() => setAsked(null)}
        send={(message) => {
          setAsked(null);
          void decide("sendAgain", message);
        }}
      />
    </>
  );
}
