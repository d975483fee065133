import { connect, type Database, type Db } from "#db/client";
import { getEnv } from "#env";
import { getLog } from "./log.ts";

// On globalThis: development reloads this module, and each reload would otherwise leave a pool behind.
const shared = globalThis as { webDatabase?: Database };

function getDatabase(): Database {
  shared.webDatabase ??= connect({
    connectionString: getEnv().DATABASE_URL,
    applicationName: "web",
    statementTimeoutMs: 15_000,
    onConnectionLost: (error) => getLog().warn({ err: error }, "a database connection was lost"),
  });
  return shared.webDatabase;
}

export const getDb = (): Db => getDatabase().db;
