import { EnvError } from "#env";

/** The application's database, and the same as a role that may create tables. */
export function readDatabaseUrls(
  { DATABASE_URL = "", MIGRATION_DATABASE_URL = "" }: Record<string, string | undefined> = process.env,
) {
  const problems = Object.entries({ DATABASE_URL, MIGRATION_DATABASE_URL })
    .filter(([, url]) => url !== "" && !isPostgresUrl(url))
    .map(([name]) => `${name} must look like postgres://user:password@host:5432/name`);
  if (DATABASE_URL === "") {
    problems.unshift("DATABASE_URL is not set");
  }
  if (problems.length > 0) {
    throw new EnvError(problems);
  }
  return { appUrl: DATABASE_URL, migrationUrl: MIGRATION_DATABASE_URL || DATABASE_URL };
}

const isPostgresUrl = (url: string) => URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol);
