import type { FormValues, SettingsAnswer, SettingsGroup } from "#components/settings/settings-form-data";
import { type Db, type Tx, withTransaction } from "#db/client";
import { insertAuditEvent } from "#db/queries/audit";
import {
  endWaitForMorning,
  findLastAct,
  type GymSettings,
  knowsTimeZone,
  lockSettings,
  updateSettings,
} from "#db/queries/settings";
import { findStaffByIds } from "#db/queries/tasks";
import { tellEdit } from "#engine/tell-edit";
import type { Clock } from "#lib/clock";
import { AppError } from "#lib/errors";
import { groupTitles } from "./describe-groups.ts";
import { toFormValues } from "./form-values.ts";
import { settingsInput } from "./settings-input.ts";

type Change = { group: SettingsGroup; values: Record<string, unknown>; seen: FormValues; actorId: number };

/**
 * Stores a group of settings, unless somebody else changed one of them since `seen`.
 * @throws AppError `invalid`, by field.
 */
export function saveSettings(db: Db, { group, values, seen, actorId }: Change, clock: Clock): Promise<SettingsAnswer> {
  const wanted = parseGroup(group, values);
  return withTransaction(db, async (tx) => {
    const before = await lockSettings(tx);
    const theirs = toFormValues(group, before);
    if (!isSame(theirs, seen)) {
      return tellConflict(tx, group, theirs, clock);
    }
    await requireKnown(tx, wanted);
    const stored = toFormValues(group, { ...before, ...wanted });
    const changed = (Object.keys(wanted) as (keyof GymSettings)[]).filter((name) => stored[name] !== theirs[name]);
    if (changed.length > 0) {
      await updateSettings(tx, wanted);
      await insertAuditEvent(tx, {
        ...{ actorId, action: actionOf(group), subjectType: "settings", subjectId: 1 },
        before: pick(before, changed),
        after: pick(wanted, changed),
      });
    }
    if (changed.some((name) => name === "timeZone" || name.startsWith("quietHours"))) {
      await endWaitForMorning(tx, clock.now);
    }
    return { outcome: "saved", values: stored };
  });
}

const actionOf = (group: SettingsGroup) => `settings.${group}_changed`;

function parseGroup(group: SettingsGroup, values: Record<string, unknown>): Partial<GymSettings> {
  const parsed = settingsInput[group].safeParse(values);
  if (!parsed.success) {
    const fields = Object.fromEntries(parsed.error.issues.map(({ path, message }) => [path.join("."), message]));
    throw new AppError("invalid", "Nothing was saved: some fields need another look.", fields);
  }
  return parsed.data;
}

const isSame = (now: FormValues, seen: FormValues) => Object.keys(now).every((name) => now[name] === seen[name]);

async function tellConflict(tx: Tx, group: SettingsGroup, theirs: FormValues, clock: Clock): Promise<SettingsAnswer> {
  const act = await findLastAct(tx, actionOf(group));
  const who = tellEdit(groupTitles[group], act ?? { editor: null, editedAt: clock.now }, clock);
  return { outcome: "conflict", message: `${who} What you typed is kept and not saved.`, theirs };
}

/** What only the database knows to be there. */
async function requireKnown(tx: Tx, { timeZone, defaultAssigneeId }: Partial<GymSettings>): Promise<void> {
  if (timeZone !== undefined && !(await knowsTimeZone(tx, timeZone))) {
    const message = `The database has no rules for ${timeZone}: choose another zone of the same hours`;
    throw new AppError("invalid", "Nothing was saved.", { timeZone: message });
  }
  if (defaultAssigneeId) {
    const person = (await findStaffByIds(tx, [defaultAssigneeId])).get(defaultAssigneeId);
    if (!person || person.hasLeft) {
      throw new AppError("invalid", "Nothing was saved.", { defaultAssigneeId: "They left: choose somebody else" });
    }
  }
}

const pick = (settings: Partial<GymSettings>, names: (keyof GymSettings)[]) =>
  Object.fromEntries(names.map((name) => [name, settings[name]]));
