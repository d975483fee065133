import { sql } from "drizzle-orm";
import { z } from "zod";
import { gymSettings, memberFacts as m } from "#db/schema/index";
import { defineCondition } from "../define.ts";
import { choice } from "../fields.ts";

export const languageIs = defineCondition({
  type: "language_is",
  label: "Is written to in a language",
  help: "The member's language; the gym's own, if they chose none.",
  params: z.object({
    language: choice({ en: "English", de: "German", fr: "French", it: "Italian" }).meta({ label: "Language" }),
  }),
  holds: ({ language }) =>
    sql`coalesce(${m.language}, (select ${gymSettings.language} from ${gymSettings})) = ${language}`,
});
