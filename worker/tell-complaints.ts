import type { Db } from "#db/client";
import type { Clock } from "#lib/clock";
import type { Log } from "#lib/log";
import { findLevelToTell } from "#messaging/watch-complaints";

/** Tells the log of every change of what spam complaints come to, once for all workers. */
export async function tellComplaints(db: Db, clock: Clock, log: Log): Promise<void> {
  const level = await findLevelToTell(db, clock);
  if (level === "paused") {
    log.error("marketing email is paused: 0.3 % of it or more was reported as spam; an admin decides when it goes on");
  } else if (level === "warning") {
    log.warn("0.1 % of marketing email or more was reported as spam: from 0.3 % on it is paused");
  } else if (level === "fine") {
    log.info("complaints about marketing email are below 0.1 % again");
  }
}
