import { sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import { gymSettings } from "#db/schema/index";
import { toLanguage } from "#emails/copy";
import { one } from "#lib/rows";
import { compileSource } from "./compile-source.ts";
import type { MessageLinks } from "./fill-messages.ts";
import { contextOf, memberColumns, type ValueSource, valuesOf } from "./read-values.ts";
import { explainFailure, gymValues, RenderError } from "./render.ts";
import { tidyValues, type Values } from "./values.ts";

type StepText = { source: string; runIds: number[]; stepId: number; reader: "member" | "staff" };

export type FilledText = { text: string } | { error: string };

/**
 * What the engine's actions fill their own texts with, such as a task's description: the same placeholders as in
 * templates, by run. A text that cannot be filled in answers with an error.
 */
export function createTextFiller({ appUrl }: MessageLinks) {
  return async (tx: Tx, { source, runIds, stepId, reader }: StepText): Promise<Map<number, FilledText>> => {
    const gym = one(await tx.select().from(gymSettings));
    const { rows } = await tx.execute<ValueSource & { runId: number }>(sql`
      select r.id as "runId", ${memberColumns}, ${contextOf(stepId)}
      from workflow_runs r join workflow_versions v on v.id = r.version_id join users u on u.id = r.member_id
      where r.id = any(${sql.param(runIds)}::bigint[])`);
    const fill = compileText(source);
    const ofGym = gymValues(gym, { appUrl });
    return new Map(
      rows.map(({ runId, ...stored }) => {
        const language = toLanguage(reader === "member" ? (stored.memberLanguage ?? gym.language) : gym.language);
        return [runId, fill(tidyValues({ ...ofGym, ...valuesOf(stored) }, language))];
      }),
    );
  };
}

/** A text whose syntax is broken answers with the same error for everybody. */
export function compileText(source: string): (values: Values) => FilledText {
  const compiled = attempt(() => compileSource(source, "text"));
  return "error" in compiled
    ? () => compiled
    : (values) => {
        const filled = attempt(() => compiled.result(values).trim());
        return "error" in filled ? filled : { text: filled.result };
      };
}

function attempt<Result>(work: () => Result): { result: Result } | { error: string } {
  try {
    return { result: explainFailure(work) };
  } catch (error) {
    if (error instanceof RenderError) {
      return { error: error.message };
    }
    throw error;
  }
}
