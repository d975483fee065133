"use server";

import { revalidatePath } from "next/cache";
import { readClock } from "#engine/clock";
import { defineServerAction } from "../../_server/action.ts";
import { getDb } from "../../_server/db.ts";
import { addLocation, changeLocation } from "./change-location.ts";
import { saveSettings } from "./save-settings.ts";
import { locationChange, newLocation, settingsChange } from "./settings-input.ts";

export const changeSettings = defineServerAction(
  { roles: ["admin"], input: settingsChange },
  async (change, { userId }) => {
    const db = getDb();
    const answer = await saveSettings(db, { ...change, actorId: userId }, await readClock(db));
    revalidatePath("/admin", "layout");
    return answer;
  },
);

export const createLocation = defineServerAction(
  { roles: ["admin"], input: newLocation },
  async (location, { userId }) => {
    await addLocation(getDb(), { ...location, actorId: userId });
    revalidatePath("/admin/settings");
    return null;
  },
);

export const renameLocation = defineServerAction(
  { roles: ["admin"], input: locationChange },
  async (change, { userId }) => {
    await changeLocation(getDb(), { ...change, actorId: userId });
    revalidatePath("/admin/settings");
    return null;
  },
);
