"use server";

import { revalidatePath } from "next/cache";
import { readClock } from "#engine/clock";
import { defineServerAction } from "../../_server/action.ts";
import { getDb } from "../../_server/db.ts";
import { saveSettings } from "./save-settings.ts";
import { settingsChange } from "./settings-input.ts";

export const changeSettings = defineServerAction(
  { roles: ["admin"], input: settingsChange },
  async (change, { userId }) => {
    const db = getDb();
    const answer = await saveSettings(db, { ...change, actorId: userId }, await readClock(db));
    revalidatePath("/admin", "layout");
    return answer;
  },
);
