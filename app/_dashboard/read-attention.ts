import type { AttentionItem } from "#components/dashboard/dashboard-data";
import type { Db } from "#db/client";
import { readComplaintWatch } from "#db/queries/complaint-watch";
import { countedAtMost, countHeldRuns, countOverdueTasks, countUnassigned } from "#db/queries/dashboard-attention";
import { readQueueState } from "#db/queries/health";
import { isUnconfirmedCopy } from "#db/queries/installation";
import { listPausedAccounts } from "#db/queries/provider-accounts";
import { countUnconfirmed } from "#db/queries/unconfirmed";
import { listAttention } from "#engine/editing/list-attention";
import type { Clock } from "#lib/clock";
import { dayAndTime } from "#lib/format-time";
import { channelNames } from "#lib/template-texts";

const unassignedSinceMs = 7 * 24 * 3_600_000;

/** A pause of seconds is none that anybody has to know of. */
const worthTellingMs = 30_000;

/** What waits for an admin, the urgent first. */
export async function readAttention(db: Db, clock: Clock): Promise<AttentionItem[]> {
  const all = await Promise.all([
    tellWorker(db, clock),
    tellSending(db, clock),
    tellWorkflows(db),
    tellTasks(db, clock),
  ]);
  return all.flat().sort((a, b) => Number(b.isUrgent) - Number(a.isUrgent));
}

async function tellWorker(db: Db, { now }: Clock): Promise<AttentionItem[]> {
  const [queue, isCopy] = await Promise.all([readQueueState(db, now), isUnconfirmedCopy(db)]);
  const messages = { isUrgent: true, href: "/admin/logs/messages", action: "Look at the messages" };
  return [
    ...(queue === "unknown"
      ? [
          {
            ...messages,
            id: "worker",
            title: "No worker is running",
            detail: "Nothing is swept and nothing is sent until one is started.",
          },
        ]
      : []),
    ...(isCopy
      ? [
          {
            ...messages,
            id: "copy",
            title: "This database is a copy",
            detail: "Nothing is sent until somebody says that it may.",
            action: "Decide",
          },
        ]
      : []),
  ];
}

async function tellSending(db: Db, { now, timeZone }: Clock): Promise<AttentionItem[]> {
  const [paused, { pausedAt }, unconfirmed] = await Promise.all([
    listPausedAccounts(db, now),
    readComplaintWatch(db),
    countUnconfirmed(db),
  ]);
  return [
    ...paused
      .filter(({ since, until }) => since && until && until.getTime() - since.getTime() > worthTellingMs)
      .map(({ channel, since, error }) => ({
        ...{ id: `paused-${channel}`, isUrgent: true, href: "/admin/logs/messages", action: "See why" },
        title: `${channelNames[channel]} has not left since ${since ? dayAndTime(since, now, timeZone) : "a while"}`,
        detail: error,
      })),
    ...(pausedAt
      ? [
          {
            ...{ id: "complaints", isUrgent: true, href: "/admin/logs/messages", action: "Look and decide" },
            title: "Advertising by email is paused",
            detail: "Too many readers reported it as spam.",
          },
        ]
      : []),
    ...(unconfirmed > 0
      ? [
          {
            ...{ id: "unconfirmed", isUrgent: false, href: "/admin/logs/unconfirmed", action: "Decide" },
            title: `${count(unconfirmed, "message")} may or may not have left`,
            detail: "The provider could not tell. Nothing is sent again by itself.",
          },
        ]
      : []),
  ];
}

async function tellWorkflows(db: Db): Promise<AttentionItem[]> {
  const [workflows, held] = await Promise.all([listAttention(db), countHeldRuns(db)]);
  const list = { href: "/admin/workflows?state=attention" };
  const names = workflows.map(({ name }) => name);
  return [
    ...(held > 0
      ? [
          {
            ...{ ...list, id: "held", isUrgent: true, action: "Approve or discard" },
            title: `${count(held, "run")} ${held === 1 ? "is" : "are"} held by the brake`,
            detail: "A sweep would have started many more than usual.",
          },
        ]
      : []),
    ...(names.length > 0
      ? [
          {
            ...{ ...list, id: "workflows", isUrgent: false, action: "Look at them" },
            title: `${count(names.length, "workflow")} ${names.length === 1 ? "needs" : "need"} somebody`,
            detail:
              names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", "),
          },
        ]
      : []),
  ];
}

async function tellTasks(db: Db, { now, today }: Clock): Promise<AttentionItem[]> {
  const since = new Date(now.getTime() - unassignedSinceMs);
  const [overdue, unassigned] = await Promise.all([countOverdueTasks(db, today), countUnassigned(db, since)]);
  return [
    ...(overdue > 0
      ? [
          {
            ...{ id: "overdue", isUrgent: false, href: "/admin#tasks", action: "See them" },
            title: `${count(overdue, "task")} ${overdue === 1 ? "is" : "are"} overdue`,
            detail: null,
          },
        ]
      : []),
    ...(unassigned > 0
      ? [
          {
            ...{
              id: "unassigned",
              isUrgent: false,
              href: "/admin/settings/automation",
              action: "Choose somebody for them",
            },
            title: `${count(unassigned, "task")} found nobody in 7 days`,
            detail: "The member has no trainer who is there, and nobody gets what is left over.",
          },
        ]
      : []),
  ];
}

const count = (number: number, word: string) =>
  number > countedAtMost
    ? `More than ${countedAtMost.toLocaleString("en")} ${word}s`
    : `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
