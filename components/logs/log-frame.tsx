"use client";

import { Button } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Tone } from "../ui/tone.tsx";
import classes from "./log-frame.module.css";
import type { useLiveLog } from "./use-live-log.ts";

type Props = { log: Omit<ReturnType<typeof useLiveLog>, "rows" | "isFresh">; children: ReactNode };

/** What surrounds a log's rows: whether it is live, what arrived meanwhile, and the way back in time. */
export function LogFrame({ log, children }: Props) {
  return (
    <div className={classes.frame}>
      <div ref={log.top} className={classes.top} />
      <div className={classes.state} role="status">
        <LiveState log={log} />
      </div>
      {log.waiting > 0 ? (
        <div className={classes.pill}>
          <Button
            size="compact-sm"
            radius="xl"
            leftSection={<IconArrowUp size={14} stroke={2} aria-hidden />}
            onClick={log.showNewest}
          >
            {log.waiting}
            {log.isWaitingFull ? "+" : ""} new
          </Button>
        </div>
      ) : null}
      {children}
      {log.hasOlder ? (
        <div className={classes.older}>
          <Button variant="default" loading={log.olderState === "loading"} onClick={log.loadOlder}>
            {log.olderState === "failed" ? "Could not load them. Try again" : "Show older"}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function LiveState({ log: { hasLostTouch, isPaused } }: Pick<Props, "log">) {
  if (hasLostTouch) {
    return <Tone tone="bad">No answer from the server. Trying again…</Tone>;
  }
  return isPaused ? <Tone tone="wait">Paused</Tone> : <Tone tone="good">Live</Tone>;
}
