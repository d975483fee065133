import { addDays, calendarDay, isTimeZone } from "#lib/calendar";
import { dayAndTime } from "#lib/format-time";
import { zonedInstant } from "#lib/zoned-instant";
import type { FormValues, SettingsFacts, SettingsGroup } from "./settings-form-data.ts";

/** What the values of a form would mean, where it is not plain to see; null while they make no sense. */
export function explainSettings(group: SettingsGroup, values: FormValues, facts: SettingsFacts): string | null {
  return explanations[group]?.((name) => String(values[name] ?? ""), facts) ?? null;
}

const explanations: Partial<
  Record<SettingsGroup, (value: (name: string) => string, facts: SettingsFacts) => string | null>
> = {
  time: (value, facts) => explainSweep(value("timeZone"), value("sweepTime"), facts),
  quiet: (value) => explainQuietHours(value("quietHoursStart"), value("quietHoursEnd")),
  brake: (value) => explainBrake(value("brakeMinRuns"), value("brakeMedianFactor"), value("brakeMemberShare")),
};

const isTime = (text: string) => /^\d\d:\d\d$/.test(text);

function explainSweep(timeZone: string, sweepTime: string, { now, enabled, sweptThrough }: SettingsFacts) {
  if (!isTimeZone(timeZone) || !isTime(sweepTime)) {
    return null;
  }
  const instant = new Date(now);
  const today = calendarDay(instant, timeZone);
  const [hours = 0, minutes = 0] = sweepTime.split(":").map(Number);
  const sweepOn = (day: string) => zonedInstant(day, (hours * 60 + minutes) * 60_000, timeZone);
  const isDone = sweptThrough !== null && sweptThrough >= today;
  const local = `There it is ${dayAndTime(instant, instant, timeZone).replace("today, ", "")} now, on ${weekday(today)}.`;
  if (enabled === 0) {
    return `${local} No workflow is on, so that nothing is swept.`;
  }
  if (sweepOn(today) > instant) {
    return `${local} Next sweep: today at ${sweepTime}${isDone ? ", for those not swept today" : ""}.`;
  }
  return isDone
    ? `${local} Next sweep: tomorrow, ${weekday(addDays(today, 1))}, at ${sweepTime}.`
    : `${local} Next sweep: at once, since today's is not done yet.`;
}

const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

const weekday = (day: string) => weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? day;

function explainQuietHours(start: string, end: string) {
  if (!isTime(start) || !isTime(end)) {
    return null;
  }
  return start === end
    ? "There are no quiet hours: messages leave at any time."
    : `Messages leave from ${end} to ${start}, by the clock where the member lives. What is due in between waits until ${end}${start > end ? "" : " of the same day"}.`;
}

const explainBrake = (runs: string, times: string, percent: string) =>
  [runs, times, percent].every((typed) => /^\d+$/.test(typed))
    ? `Held: more than ${Number(runs).toLocaleString("en")} runs, if they are also more than ${times} times the usual or ${percent} % of the active members. What an admin confirmed passes.`
    : null;
