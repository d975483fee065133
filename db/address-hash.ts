import { type SQL, sql } from "drizzle-orm";

/**
 * What suppressions know an address by. PostgreSQL makes it everywhere: two languages disagree about the lower case of
 * some letters, and an address hashed twice in two ways would not be stopped.
 */
export const addressHash = (address: SQL): SQL =>
  sql`encode(sha256(convert_to(lower(trim(${address})), 'UTF8')), 'hex')`;
