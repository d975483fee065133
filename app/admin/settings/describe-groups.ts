import type { SettingsField, SettingsFormData, SettingsGroup } from "#components/settings/settings-form-data";
import type { GymSettings } from "#db/queries/settings";
import { languageCodes, languageNames } from "#lib/template-texts";
import { toFormValues } from "./form-values.ts";
import { countryCodes } from "./settings-input.ts";

export const groupTitles: Record<SettingsGroup, string> = {
  gym: "The gym",
  time: "Days and nights",
  brake: "The brake",
  tasks: "Tasks for staff",
  sender: "Sender",
  quiet: "Quiet hours",
  caps: "How often members hear from you",
};

const descriptions: Record<SettingsGroup, string> = {
  gym: "What members read of you, and what is taken for granted where a member says nothing.",
  time: "When a day of the gym begins, and when all workflows look at all members.",
  brake: "How many runs of a workflow, started by one sweep, are so many that they wait for an admin.",
  tasks: "Who is asked when it is said nowhere else.",
  sender: "Whom messages are from, unless their template says otherwise, and where text messages go.",
  quiet: "No email and no text message leaves at night; what is due then leaves in the morning.",
  caps: "Advertising by email and text message, counted by the gym's days. What is too much is skipped, not put off.",
};

type Choices = { staff: { id: number; name: string }[] };

/** The form of a group, as it is shown. */
export function describeGroup(group: SettingsGroup, settings: GymSettings, choices: Choices): SettingsFormData {
  return {
    group,
    title: groupTitles[group],
    description: descriptions[group],
    fields: fields[group](settings, choices),
    values: toFormValues(group, settings),
  };
}

const fields: Record<SettingsGroup, (settings: GymSettings, choices: Choices) => SettingsField[]> = {
  gym: () => [
    { kind: "line", name: "name", label: "Name" },
    {
      ...{ kind: "text", name: "postalAddress", label: "Postal address" },
      description: "Stands at the foot of every advertising email: the law asks for it.",
    },
    {
      ...{ kind: "choice", name: "language", label: "Language" },
      description: "Of members who chose none.",
      options: languageCodes.map((value) => ({ value, label: languageNames[value] })),
    },
    {
      ...{ kind: "choice", name: "countryCode", label: "Country" },
      description: "How telephone numbers without a country are understood.",
      options: listCountries(),
    },
  ],
  time: ({ timeZone }) => [
    { kind: "choice", name: "timeZone", label: "Time zone", options: listZones(timeZone) },
    { kind: "time", name: "sweepTime", label: "Nightly sweep" },
  ],
  brake: () => [
    { ...count("brakeMinRuns", "More runs than"), description: "Fewer are never held." },
    { ...count("brakeMedianFactor", "Times the usual"), description: "The median of the workflow's last 14 days." },
    { ...count("brakeMemberShare", "Percent of active members") },
  ],
  tasks: ({ defaultAssigneeId }, { staff }) => [
    {
      ...{ kind: "choice", name: "defaultAssigneeId", label: "Tasks that nobody else can take" },
      description: "Where a member has no trainer, or everybody is away.",
      options: [{ value: "", label: "Nobody: such a task is skipped" }, ...listStaff(staff, defaultAssigneeId)],
    },
    {
      ...{ kind: "switch", name: "complaintTasks", label: "Ask somebody to talk to a member who reports spam" },
      description: "Their trainer gets a task. Advertising to them stops in any case.",
    },
  ],
  sender: () => [
    { kind: "line", name: "senderName", label: "From" },
    { kind: "line", name: "senderAddress", label: "Address", inputMode: "email" },
    {
      ...{ kind: "line", name: "smsCountries", label: "Countries for text messages" },
      description: "By two letters, such as CH, LI. Left empty, they go everywhere.",
    },
  ],
  quiet: () => [
    { kind: "time", name: "quietHoursStart", label: "From" },
    { kind: "time", name: "quietHoursEnd", label: "To" },
  ],
  caps: () => [
    { ...count("dailyCap", "Per member and day"), description: "Empty: no cap." },
    { ...count("weeklyCap", "Per member in 7 days"), description: "Empty: no cap." },
  ],
};

const count = (name: string, label: string) => ({ kind: "line", name, label, inputMode: "numeric" }) as const;

const listStaff = (staff: Choices["staff"], chosen: number | null) => [
  ...staff.map(({ id, name }) => ({ value: String(id), label: name })),
  ...(chosen === null || staff.some(({ id }) => id === chosen)
    ? []
    : [{ value: String(chosen), label: "Somebody who left" }]),
];

const regionNames = new Intl.DisplayNames("en", { type: "region" });

const listCountries = () =>
  countryCodes
    .map((value) => ({ value, label: regionNames.of(value) ?? value }))
    .sort((a, b) => a.label.localeCompare(b.label, "en"));

/** A stored one may be of a list that is newer or older than ours. */
const listZones = (chosen: string) =>
  [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone"), chosen])]
    .sort()
    .map((value) => ({ value, label: value.replaceAll("_", " ") }));
