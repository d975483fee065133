import { randomUUID } from "node:crypto";
import { test as base, inject } from "vitest";
import { connect, type Database, type Tx, withTransaction } from "#db/client";
import { administer } from "./administer.ts";

const rollback = new Error("roll back");

export type TestDatabase = Database & {
  /** The superuser's address. */
  url: string;
  /** The address of the application's role, which may not create anything. */
  appUrl: string;
};

/** A migrated database of one's own, for tests that commit. */
export async function createTestDatabase(): Promise<TestDatabase & { drop(): Promise<void> }> {
  const template = new URL(inject("templateUrl"));
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const address = (database: string, role = template.username) =>
    Object.assign(new URL(template), { pathname: `/${database}`, username: role }).href;
  await administer(address("postgres"), (query) =>
    query(`create database ${name} template test_template strategy file_copy`),
  );
  const database = connect({ connectionString: address(name), max: 8 });
  return {
    ...database,
    url: address(name),
    appUrl: address(name, "app"),
    async drop() {
      await database.close();
      await administer(address("postgres"), (query) => query(`drop database ${name} with (force)`));
    },
  };
}

/**
 * `tx`: a transaction that is rolled back after the test. `database`: the file's own database, for what must commit or
 * be seen by several connections; it is shared by the tests of a file and dropped after them.
 */
export const test = base.extend<{ $test: { tx: Tx }; $file: { database: TestDatabase } }>({
  database: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads a fixture's needs from this pattern
    async ({}, use) => {
      const database = await createTestDatabase();
      await use(database);
      await database.drop();
    },
    { scope: "file" },
  ],
  tx: async ({ database }, use) => {
    await withTransaction(database.db, async (tx) => {
      await use(tx);
      throw rollback;
    }).catch((error) => {
      if (error !== rollback) {
        throw error;
      }
    });
  },
});
