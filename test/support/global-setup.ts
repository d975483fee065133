import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { migrateDatabase } from "#db/migrate";
import { startEmbeddedPostgres } from "#scripts/embedded-postgres";
import { administer } from "./administer.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A superuser's address of the template database's server, ending in the template's name. */
    templateUrl: string;
    /** Inside of the project, and gone after the tests. */
    scratchDirectory: string;
  }
}

/** One PostgreSQL for all test files, and in it a migrated template that each file clones. */
export default async function setup(project: TestProject) {
  const directory = mkdtempSync(path.join(tmpdir(), "retention-test-"));
  chmodSync(directory, 0o755);
  const postgres = await startEmbeddedPostgres({
    directory,
    // What a crash would lose does not matter here; how long the suite takes does.
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" },
  });
  await administer(postgres.url("postgres"), async (query) => {
    await query(`create role app login`);
    await query(`alter role app password '${new URL(postgres.url("postgres")).password}'`);
    await query(`create database test_template`);
  });
  await migrateDatabase(postgres.url("test_template"), "app");
  // Most tests are about something else than the hour; those of quiet hours and caps set their own.
  await administer(postgres.url("test_template"), (query) =>
    query(
      `update gym_settings set quiet_hours_start = '00:00', quiet_hours_end = '00:00', daily_cap = null, weekly_cap = null`,
    ),
  );
  project.provide("templateUrl", postgres.url("test_template"));
  mkdirSync(".data", { recursive: true });
  const scratchDirectory = mkdtempSync(".data/test-");
  project.provide("scratchDirectory", scratchDirectory);
  return async () => {
    await postgres.stop();
    rmSync(scratchDirectory, { recursive: true });
    rmSync(directory, { recursive: true });
  };
}
