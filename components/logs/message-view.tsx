import type { ReactNode } from "react";
import { BackLink } from "../ui/back-link.tsx";
import { Tone, type ToneName } from "../ui/tone.tsx";
import classes from "./message-view.module.css";

type Props = {
  subject: string;
  channel: string;
  tone: ToneName;
  status: string;
  reason: string | null;
  error: string | null;
  /** What can be done about it. */
  byHand?: ReactNode;
  children: ReactNode;
};

/** The frame of one message's page: its heading, then the message beside what is known of it. */
export function MessageView({ subject, channel, tone, status, reason, error, byHand, children }: Props) {
  return (
    <>
      <BackLink href="/admin/logs/messages">Messages</BackLink>
      <header className={classes.header}>
        <h1>{subject}</h1>
        <p>
          <Tone tone={tone}>{status}</Tone>
          <span>{channel}</span>
        </p>
        {reason ? <p className={classes.reason}>{reason}.</p> : null}
        {error ? <p className={classes.error}>{error}</p> : null}
        {byHand}
      </header>
      <div className={classes.columns}>{children}</div>
    </>
  );
}

/** For a message that was not put together yet, or never was. */
export function NoMessageYet({ isOwed }: { isOwed: boolean }) {
  return (
    <p className={classes.nothing}>
      {isOwed
        ? "This message is put together right before it goes out. Look again once it was sent."
        : "This message was never put together: it ended before that, for the reason above."}
    </p>
  );
}
