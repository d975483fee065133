import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { connect } from "#db/client";
import { migrateDatabase } from "#db/migrate";
import { migrateQueue } from "#worker/connection";
import { killWorkers } from "../test/chaos/kill-workers.ts";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import { runCommand } from "./run-command.ts";
import { ensureTools } from "./tools.ts";

/** The long size of the kill test; the short one is part of the tests. */
await runCommand(async () => {
  const options = {
    seed: { type: "string", default: "1" },
    runs: { type: "string", default: "2000" },
    kills: { type: "string", default: "200" },
  } as const;
  const { values } = parseArgs({ options });
  ensureTools();
  const directory = mkdtempSync(path.join(tmpdir(), "retention-chaos-"));
  chmodSync(directory, 0o755);
  const postgres = await startEmbeddedPostgres({ directory });
  try {
    await migrateDatabase(postgres.url("postgres"));
    await migrateQueue(postgres.url("postgres"));
    const { db, close } = connect({ connectionString: postgres.url("postgres") });
    const sizes = { seed: Number(values.seed), runs: Number(values.runs), kills: Number(values.kills), flushes: 3 };
    const verdict = await killWorkers(db, { databaseUrl: postgres.url("postgres"), ...sizes });
    await close();
    console.log(JSON.stringify({ ...sizes, ...verdict }, null, 2));
    process.exitCode = verdict.lost === 0 && verdict.doubled === 0 && verdict.changedBodies === 0 ? 0 : 1;
  } finally {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  }
});
