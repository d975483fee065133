import type { SettingsGroup } from "#components/settings/settings-form-data";
import { SettingsForms } from "#components/settings/settings-forms";
import { readSettings, readSweptThrough } from "#db/queries/settings";
import { listStaffNames } from "#db/queries/tasks";
import { readClock } from "#engine/clock";
import { getDb } from "../../_server/db.ts";
import { changeSettings } from "./actions.ts";
import { describeGroup } from "./describe-groups.ts";

export async function GroupForms({ groups }: { groups: SettingsGroup[] }) {
  const db = getDb();
  const [settings, staff, swept, { now }] = await Promise.all([
    readSettings(db),
    listStaffNames(db),
    readSweptThrough(db),
    readClock(db),
  ]);
  return (
    <SettingsForms
      forms={groups.map((group) => describeGroup(group, settings, { staff }))}
      facts={{ now: now.toISOString(), ...swept }}
      save={changeSettings}
    />
  );
}
