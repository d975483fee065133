import type { ToneName } from "#components/ui/tone";
import type { RunLogRow } from "#db/queries/run-log";

export const runStatuses: Record<RunLogRow["status"], { status: string; tone: ToneName }> = {
  active: { status: "Going on", tone: "active" },
  waiting: { status: "Waiting", tone: "active" },
  held: { status: "Held", tone: "warn" },
  done: { status: "Done", tone: "good" },
  exited: { status: "Left early", tone: "wait" },
  cancelled: { status: "Cancelled", tone: "wait" },
  expired: { status: "Too late", tone: "wait" },
  failed: { status: "Failed", tone: "bad" },
};

export const origins: Record<RunLogRow["origin"], string> = {
  sweep: "Started by the daily sweep",
  event: "Started as it happened",
  manual: "Started by hand",
  missed: "Found after a missed day",
};
