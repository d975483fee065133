import type { Db } from "#db/client";
import { countOpenRuns, listVersionRows } from "#db/queries/versions";
import { type Change, describeChanges } from "./describe-changes.ts";
import { readPickNames } from "./pick-names.ts";

export type Version = {
  number: number;
  /** ISO instant. */
  publishedAt: string;
  publishedBy: string | null;
  isLive: boolean;
  /** Runs in progress on it. */
  runs: number;
  /** Against the version before; empty for the first. */
  changes: Change[];
};

const shown = 50;

/** The newest versions first, with what each changed. Versions hold the definition alone: names and cooldowns have none. */
export async function listVersions(db: Db, workflowId: number): Promise<Version[]> {
  const rows = await listVersionRows(db, workflowId, shown + 1);
  const runs = new Map((await countOpenRuns(db, workflowId)).map(({ number, runs }) => [number, runs]));
  const names = await readPickNames(db, rows);
  const head = { name: "", description: "", cooldownPeriodDays: null };
  return rows.slice(0, shown).map(({ number, publishedAt, publishedBy, isLive, ...parts }, index) => {
    const before = rows[index + 1];
    return {
      number,
      publishedAt: publishedAt.toISOString(),
      publishedBy,
      isLive,
      runs: runs.get(number) ?? 0,
      changes: before ? describeChanges({ ...head, ...before }, { ...head, ...parts }, names) : [],
    };
  });
}
