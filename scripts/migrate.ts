import { migrateDatabase } from "#db/migrate";
import { migrateQueue } from "#worker/connection";
import { readDatabaseUrls } from "./database-urls.ts";
import { runCommand } from "./run-command.ts";

await runCommand(async () => {
  const { appUrl, migrationUrl } = readDatabaseUrls();
  const role = decodeURIComponent(new URL(appUrl).username) || undefined;
  await migrateDatabase(migrationUrl, role);
  // Where there is no Redis, the queue lives in the database, too.
  if (!process.env.REDIS_URL) {
    await migrateQueue(migrationUrl, role);
  }
  process.stdout.write("The database is up to date.\n");
});
