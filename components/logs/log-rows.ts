import type { ToneName } from "../ui/tone.tsx";

export type LogPage<Row> = {
  rows: Row[];
  /** Where the next older page begins; null on the last one. */
  nextBeforeId: number | null;
};

type LogRow = {
  id: number;
  /** The gym's calendar day in words, and its wall-clock time. */
  day: string;
  time: string;
  tone: ToneName;
  status: string;
  /** Why it ended so, in words. */
  reason: string | null;
  error: string | null;
};

export type StepRow = LogRow & {
  member: string;
  workflow: string;
  step: string;
  messageId: number | null;
  runId: number;
};

export type RunRow = LogRow & { member: string; workflow: string; origin: string };

export type MessageListRow = LogRow & {
  channel: string;
  recipient: string;
  member: string | null;
  subject: string;
  workflow: string | null;
};
