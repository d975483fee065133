import { cache } from "react";
import { type Preferences, readPreferences } from "#db/queries/preferences";
import { maskText } from "#lib/mask";
import { getDb } from "../_server/db.ts";

/** A member's preferences as a page may show them, with the address masked; null for one who is gone. */
export const readShown = cache(async (memberId: number): Promise<Preferences | null> => {
  const preferences = await readPreferences(getDb(), memberId);
  return preferences && { ...preferences, email: preferences.email && maskText(preferences.email) };
});
