import { type SQL, sql } from "drizzle-orm";

/** A telephone number as it is dialled: it may be kept as people write it. Null where there is none. */
export const dialledNumber = (phone: SQL): SQL =>
  sql`nullif(regexp_replace(${phone}, '\\(0\\)|[\\s().\\/-]', '', 'g'), '')`;
