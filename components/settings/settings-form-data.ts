import type { ActionResult } from "#lib/action-result";

export type SettingsGroup = "gym" | "time" | "brake" | "tasks" | "sender" | "quiet" | "caps";

/** As forms have them: what is typed is a text, whatever becomes of it. */
export type FormValues = Record<string, string | boolean>;

export type SettingsField = {
  name: string;
  label: string;
  description?: string;
} & (
  | { kind: "line"; inputMode?: "numeric" | "email" }
  | { kind: "text" }
  | { kind: "time" }
  | { kind: "switch" }
  | { kind: "choice"; options: { value: string; label: string }[] }
);

export type SettingsFormData = {
  group: SettingsGroup;
  title: string;
  description: string;
  fields: SettingsField[];
  values: FormValues;
};

/** What the words about a change are made from, beside the form itself. */
export type SettingsFacts = {
  /** ISO instant. */
  now: string;
  /** How many workflows are on. */
  enabled: number;
  /** The gym's day up to which all of them were swept. */
  sweptThrough: string | null;
};

export type SettingsAnswer =
  /** As they are stored: what was typed may have been put in order. */
  | { outcome: "saved"; values: FormValues }
  /** Somebody else changed the same since; nothing was written. */
  | { outcome: "conflict"; message: string; theirs: FormValues };

export type SaveSettings = (input: {
  group: SettingsGroup;
  values: FormValues;
  seen: FormValues;
}) => Promise<ActionResult<SettingsAnswer>>;
