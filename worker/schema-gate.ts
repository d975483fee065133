import type { Db } from "#db/client";
import { listMissingMigrations } from "#db/queries/schema-version";

/**
 * Keeps a worker off a database that is older than itself, as in the middle of a deployment. Asked until the answer is
 * once known: the database may not be there yet.
 */
export function createSchemaGate(db: Db, onOutdated: (missing: string[]) => void) {
  let known: Promise<boolean> | undefined;
  async function look() {
    const missing = await listMissingMigrations(db);
    if (missing.length > 0) {
      onOutdated(missing);
    }
    return missing.length === 0;
  }
  return {
    isOpen(): Promise<boolean> {
      known ??= look().catch((error) => {
        known = undefined;
        throw error;
      });
      return known;
    },
  };
}
