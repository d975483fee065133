import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect, type Database } from "#db/client";
import { migrateDatabase } from "#db/migrate";
import { startEmbeddedPostgres } from "#scripts/embedded-postgres";
import { fillGym, type Size } from "./gym.ts";

export type Print = (line: string) => void;

/** What a benchmark works on: a gym in a database of its own, and the database's address for other processes. */
export type Gym = Database & { url: string };

/**
 * A PostgreSQL with durable commits that vacuums and checkpoints when the benchmark says so, and not in the middle of
 * what is measured.
 */
const settings = { autovacuum: "off", shared_buffers: "1GB", max_wal_size: "16GB", checkpoint_timeout: "1h" };

/** Runs `work` on a gym of that size; nothing of it is left behind. */
export async function withGym<Result>(size: Size, work: (gym: Gym) => Promise<Result>): Promise<Result> {
  const directory = mkdtempSync(path.join(tmpdir(), "bench-"));
  // The server may run as another user.
  chmodSync(directory, 0o755);
  const postgres = await startEmbeddedPostgres({ directory: path.join(directory, "postgres"), settings });
  try {
    const url = postgres.url("postgres");
    await migrateDatabase(url);
    const database = connect({ connectionString: url, statementTimeoutMs: 600_000 });
    try {
      await fillGym(database.db, size);
      return await work({ ...database, url });
    } finally {
      await database.close();
    }
  } finally {
    await postgres.stop();
    rmSync(directory, { recursive: true });
  }
}

export async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export function median(samples: number[]): number {
  return samples.toSorted((a, b) => a - b)[samples.length >> 1] ?? Number.NaN;
}

export const quantile = (samples: number[], share: number) =>
  samples.toSorted((a, b) => a - b)[Math.floor(samples.length * share)] ?? Number.NaN;

/** `ours / limit` of one run. */
export const ratio = (ours: number[], limit: number[]): number => median(ours) / median(limit);

export const ms = (milliseconds: number) => `${milliseconds.toFixed(milliseconds < 100 ? 1 : 0)} ms`;
export const whole = (number: number) => Math.round(number).toLocaleString("en");
