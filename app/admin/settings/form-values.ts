import type { FormValues, SettingsGroup } from "#components/settings/settings-form-data";
import type { GymSettings } from "#db/queries/settings";
import { settingsInput } from "./settings-input.ts";

/** The settings of a group as its form shows them. */
export function toFormValues(group: SettingsGroup, settings: GymSettings): FormValues {
  const names = Object.keys(settingsInput[group].shape) as (keyof GymSettings)[];
  return Object.fromEntries(names.map((name) => [name, toFormValue(settings[name])]));
}

function toFormValue(stored: GymSettings[keyof GymSettings]): string | boolean {
  if (typeof stored === "boolean") {
    return stored;
  }
  if (Array.isArray(stored)) {
    return stored.join(", ");
  }
  // PostgreSQL writes a time with its seconds.
  return String(stored ?? "").replace(/^(\d\d:\d\d):\d\d$/, "$1");
}
