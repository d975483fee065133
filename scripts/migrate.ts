import { migrateDatabase } from "#db/migrate";
import { readDatabaseUrls } from "./database-urls.ts";
import { runCommand } from "./run-command.ts";

await runCommand(async () => {
  const { appUrl, migrationUrl } = readDatabaseUrls();
  await migrateDatabase(migrationUrl, decodeURIComponent(new URL(appUrl).username) || undefined);
  process.stdout.write("The database is up to date.\n");
});
