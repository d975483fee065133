import type { LogSelect } from "#components/logs/log-filters";
import { listTemplateNames } from "#db/queries/logs";
import { explainReason, outcomeReasonKeys } from "#lib/outcome-reasons";
import { channelNames } from "#lib/template-texts";
import { messageStatuses } from "../../_messages/message-status.ts";
import { getDb } from "../../_server/db.ts";
import { stepOutcomes } from "./read-steps.ts";
import { runStatuses } from "./runs/run-words.ts";

const inOrder = (options: LogSelect["options"]) => options.toSorted((a, b) => a.label.localeCompare(b.label, "en"));

const statusesOf = (statuses: Record<string, { status: string }>) =>
  Object.entries(statuses).map(([value, { status }]) => ({ value, label: status }));

export const reasonSelect: LogSelect = {
  name: "reason",
  label: "Reason",
  all: "All reasons",
  options: inOrder(outcomeReasonKeys.map((value) => ({ value, label: explainReason(value) }))),
};

export const stepSelects: LogSelect[] = [
  { name: "status", label: "Outcome", all: "All outcomes", options: statusesOf(stepOutcomes) },
];

export const runSelects: LogSelect[] = [
  { name: "status", label: "Status", all: "All statuses", options: statusesOf(runStatuses) },
];

export async function messageSelects(): Promise<LogSelect[]> {
  const templates = await listTemplateNames(getDb());
  const channels = Object.entries(channelNames).map(([value, label]) => ({ value, label }));
  return [
    {
      name: "template",
      label: "Template",
      all: "All templates",
      options: templates.map(({ id, name }) => ({ value: String(id), label: name })),
    },
    { name: "channel", label: "Channel", all: "All channels", options: channels },
    { name: "status", label: "Status", all: "All statuses", options: statusesOf(messageStatuses) },
  ];
}
