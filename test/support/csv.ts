import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { type ImportOptions, type ImportSummary, importFile } from "#importing/import-file";
import type { Problem } from "#importing/kind";
import { fileSource } from "#importing/source";

/** A Sunday at noon. */
export const gymClock = { now: new Date("2026-11-22T11:00:00Z"), today: "2026-11-22", timeZone: "Europe/Zurich" };

/** Runs `work` with a file of this content, in a folder of its own. */
async function withFile<Result>(content: string | Buffer, work: (path: string) => Promise<Result>) {
  const directory = mkdtempSync(path.join(tmpdir(), "retention-csv-"));
  const file = path.join(directory, "file.csv");
  writeFileSync(file, content);
  try {
    return await work(file);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

type Imported = ImportSummary & { problems: Problem[] };

/** Imports a file of this content, and keeps what was said of its cells. */
export async function importText(
  db: Db,
  kind: ImportOptions["kind"],
  content: string | Buffer | string[],
  options: Partial<ImportOptions> = {},
  clock = gymClock,
): Promise<Imported> {
  const problems: Problem[] = [];
  const onProblem = (problem: Problem) => problems.push(problem);
  const text = Array.isArray(content) ? `${content.join("\n")}\n` : content;
  return withFile(text, async (path) => ({
    ...(await importFile(db, { kind, source: await fileSource(path), onProblem, ...options }, clock)),
    problems: problems.sort((a, b) => a.line - b.line),
  }));
}

/** Takes out the members and all that imports write. */
export async function emptyGym(db: Db): Promise<void> {
  await db.execute(sql`
    with gone as (delete from visits), gone_stats as (delete from member_stats), gone_events as (delete from member_events),
         gone_consent as (delete from consent_events), gone_tags as (delete from member_tags),
         gone_scores as (delete from risk_scores), gone_memberships as (delete from memberships)
    select 1`);
  await db.execute(sql`delete from users where primary_trainer_id is not null`);
  await db.execute(sql`delete from users`);
  await db.execute(sql`delete from locations`);
}
