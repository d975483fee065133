import { expect, test } from "vitest";
import { readDatabaseUrls } from "./database-urls.ts";

const app = "postgres://app:secret@127.0.0.1:5432/gym";
const owner = "postgresql://owner:secret@127.0.0.1:5432/gym";
const shape = "must look like postgres://user:password@host:5432/name";

test.each([
  [{}, "DATABASE_URL is not set"],
  [{ DATABASE_URL: "", MIGRATION_DATABASE_URL: owner }, "DATABASE_URL is not set"],
  [{ DATABASE_URL: "mysql://app:secret@db/gym" }, `DATABASE_URL ${shape}`],
  [{ DATABASE_URL: app, MIGRATION_DATABASE_URL: "owner:secret@db" }, `MIGRATION_DATABASE_URL ${shape}`],
  [{ MIGRATION_DATABASE_URL: "secret" }, `DATABASE_URL is not set; MIGRATION_DATABASE_URL ${shape}`],
  [
    { DATABASE_URL: "secret", MIGRATION_DATABASE_URL: "secret" },
    `DATABASE_URL ${shape}; MIGRATION_DATABASE_URL ${shape}`,
  ],
])("%o is refused, and every problem is named without a value", (source, message) => {
  expect(() => readDatabaseUrls(source)).toThrow(expect.objectContaining({ name: "EnvError", message }));
});

test("what migrates is the application's role, unless another is given", () => {
  expect(readDatabaseUrls({ DATABASE_URL: app })).toEqual({ appUrl: app, migrationUrl: app });
  expect(readDatabaseUrls({ DATABASE_URL: app, MIGRATION_DATABASE_URL: "" }).migrationUrl).toBe(app);
  expect(readDatabaseUrls({ DATABASE_URL: app, MIGRATION_DATABASE_URL: owner }).migrationUrl).toBe(owner);
});
