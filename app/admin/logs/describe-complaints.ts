import type { Complaints } from "#components/logs/complaint-watch";
import type { complaintWatch } from "#db/schema/index";
import { addDays } from "#lib/calendar";
import type { Clock } from "#lib/clock";
import { dayAndTime, relativeDay } from "#lib/format-time";
import { complaintLevel, limits, minSends, windowDays } from "#messaging/complaint-level";

type Watch = typeof complaintWatch.$inferSelect;

/** What stands above the messages about spam complaints. */
export function describeComplaints(watch: Watch, { now, today, timeZone }: Clock): Complaints {
  const isCurrent = watch.postmasterReadOn !== null && watch.postmasterReadOn > addDays(today, -windowDays);
  const postmasterPercent = isCurrent ? watch.postmasterPercent : null;
  const { pausedAt } = watch;
  const level = pausedAt ? "paused" : complaintLevel({ ...watch, postmasterPercent });
  const google =
    postmasterPercent === null || watch.postmasterReadOn === null
      ? ""
      : ` Google says ${postmasterPercent} %, read ${relativeDay(watch.postmasterReadOn, today)}.`;
  return {
    level,
    headline: pausedAt ? `Marketing email is paused since ${dayAndTime(pausedAt, now, timeZone)}.` : headlines[level],
    advice: advice[level],
    figures: `${describeOwn(watch)}${google}`,
    today,
  };
}

const headlines = { fine: null, warning: "Too much marketing email is reported as spam.", paused: null };
const advice = {
  fine: null,
  warning: "From 0.3 % on it is paused. Look at which workflows write to whom, and how often.",
  paused:
    "Mail services turn away a sender of whose mail 0.3 % is reported as spam. Marketing email waits, and ends after two days; all else goes out. Find out what it was about before you go on.",
};

function describeOwn({ complaints, sends }: Watch): string {
  if (complaints === 0) {
    return `No spam complaint about marketing email in ${windowDays} days.`;
  }
  const count = `${complaints.toLocaleString("en")} spam complaint${complaints === 1 ? "" : "s"}`;
  if (sends < minSends) {
    return `${count} about marketing email in ${windowDays} days, of too few to make a rate.`;
  }
  const isCounted = complaints * 1000 >= sends * limits.warning;
  return isCounted
    ? `${count} about ${sends.toLocaleString("en")} marketing emails in ${windowDays} days: ${percent(complaints / sends)}.`
    : `${count} about marketing email in ${windowDays} days, less than 0.1 %.`;
}

/** Rounded down, so that it never says more than what decided. */
const percent = (share: number) => `${(Math.floor(share * 10_000 + 1e-9) / 100).toFixed(2)} %`;
