import type { RunDetail } from "#db/queries/run-log";
import { describeTrigger } from "#engine/words";
import { parseDay } from "#lib/calendar";
import type { Clock } from "#lib/clock";
import { dayAndTime, shortDay } from "#lib/format-time";
import { origins } from "../run-words.ts";

/** What is known of a run: whose it is, what started it and what that knew. */
export function listRunFacts(run: RunDetail, { now, timeZone }: Clock) {
  const told = Object.entries(run.facts).flatMap(([name, value]) =>
    value === null || typeof value === "object" ? [] : [{ label: nameOfFact(name), value: printDay(String(value)) }],
  );
  return [
    { label: "Member", value: run.memberName ?? `Member ${run.memberId}`, href: `/admin/members/${run.memberId}` },
    {
      label: "Workflow",
      value: run.workflowName ?? `Workflow ${run.workflowId}`,
      href: `/admin/workflows/${run.workflowId}`,
    },
    { label: "Version", value: String(run.version ?? "unknown") },
    { label: "What started it", value: `${origins[run.origin]}. ${describeTrigger(run.trigger)}.` },
    { label: "Started", value: dayAndTime(run.startedAt, now, timeZone, { withSeconds: true }) },
    ...(run.occurrence ? [{ label: "Happening", value: run.occurrence }] : []),
    ...told,
    {
      label: "All that it did",
      value: "Steps of this member and workflow",
      href: `/admin/logs?workflow=${run.workflowId}&member=${run.memberId}`,
    },
  ];
}

const printDay = (text: string) => (parseDay(text) ? shortDay(text) : text);

const nameOfFact = (name: string) => {
  const words = name.replaceAll("_", " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};
