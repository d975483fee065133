import type { AutomationData } from "#components/dashboard/dashboard-data";
import type { Db } from "#db/client";
import { figureDays } from "#db/queries/count-figures";
import { type MessageFigure, readMessageFigures } from "#db/queries/message-figures";
import { addDays } from "#lib/calendar";
import type { Clock } from "#lib/clock";
import { dayAndTime, shortDay } from "#lib/format-time";
import { channelNames } from "#lib/template-texts";

/** The month as it was counted last; null until it was for the first time. */
export async function readAutomation(db: Db, clock: Clock): Promise<AutomationData | null> {
  const figures = await readMessageFigures(db, clock, figureDays);
  if (figures.length === 0) {
    return null;
  }
  const counted = new Date(Math.max(...figures.map(({ countedAt }) => Date.parse(countedAt))));
  return {
    days: listDays(clock.today, figures),
    channels: (["email", "sms", "in_app"] as const).map((channel) => sumChannel(channel, figures)),
    counted: dayAndTime(counted, clock.now, clock.timeZone),
  };
}

function listDays(today: string, figures: MessageFigure[]): AutomationData["days"] {
  return Array.from({ length: figureDays }, (_, index) => {
    const day = addDays(today, index + 1 - figureDays);
    const own = figures.filter((figure) => figure.day === day);
    // Without the year: all of them are of the last month.
    return { day, label: shortDay(day).slice(0, -5), sent: sum(own, "sent"), returned: sum(own, "returned") };
  });
}

function sumChannel(channel: MessageFigure["channel"], figures: MessageFigure[]): AutomationData["channels"][number] {
  const own = figures.filter((figure) => figure.channel === channel);
  const [sent, delivered, opened] = [sum(own, "sent"), sum(own, "delivered"), sum(own, "opened")];
  // A provider of whose messages not one was delivered, or opened, is one that does not tell.
  return {
    ...{ channel: channelNames[channel], sent, returned: sum(own, "returned") },
    delivered: delivered > 0 ? delivered : null,
    opened: opened > 0 ? opened : null,
  };
}

const sum = (figures: MessageFigure[], name: "sent" | "delivered" | "opened" | "returned") =>
  figures.reduce((total, figure) => total + figure[name], 0);
