import { CommandError } from "./run-command.ts";

/** The application's database, and the same as a role that may create tables. */
export function readDatabaseUrls(source: Record<string, string | undefined> = process.env) {
  const { DATABASE_URL: appUrl, MIGRATION_DATABASE_URL: migrationUrl } = source;
  if (!appUrl) {
    throw new CommandError("DATABASE_URL is not set");
  }
  for (const url of [appUrl, migrationUrl]) {
    if (url && !(URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol))) {
      throw new CommandError("DATABASE_URL must look like postgres://user:password@host:5432/name");
    }
  }
  return { appUrl, migrationUrl: migrationUrl || appUrl };
}
