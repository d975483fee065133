import { Button } from "@mantine/core";
import Link from "next/link";
import classes from "./unconfirmed-list.module.css";
import type { UnconfirmedMessage } from "./unconfirmed-message.ts";

type Props = {
  message: UnconfirmedMessage;
  isDeciding: boolean;
  confirmArrival: () => void;
  sendAgain: () => void;
  check: () => void;
};

export function UnconfirmedRow({ message, isDeciding, confirmArrival, sendAgain, check }: Props) {
  const { id, subject, workflow, to, address, channel, tried, why, error, sentAgain, askable } = message;
  const about = `“${subject}” to ${to}`;
  return (
    <li className={classes.row}>
      <div className={classes.message}>
        <Link className={classes.subject} href={`/admin/logs/messages/${id}`} prefetch={false}>
          {subject}
        </Link>
        <p>
          <strong>{to}</strong>
          {address ? ` · ${address}` : null}
        </p>
        <p>{[workflow, channel, `tried ${tried}`].filter(Boolean).join(" · ")}</p>
      </div>
      <div className={classes.why}>
        <p>{why}.</p>
        {error ? <p className={classes.error}>{error}</p> : null}
        {sentAgain > 0 ? <p>Sent again {sentAgain === 1 ? "once" : `${sentAgain} times`} already.</p> : null}
      </div>
      <div className={classes.decisions}>
        {askable ? (
          <Button
            size="xs"
            variant="default"
            disabled={isDeciding}
            onClick={check}
            aria-label={`Check with ${askable}: ${about}`}
          >
            Check with {askable}
          </Button>
        ) : null}
        <Button
          size="xs"
          variant="default"
          disabled={isDeciding}
          onClick={confirmArrival}
          aria-label={`It arrived: ${about}`}
        >
          It arrived
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={isDeciding}
          onClick={sendAgain}
          aria-label={`Send again: ${about}`}
        >
          Send again
        </Button>
      </div>
    </li>
  );
}
