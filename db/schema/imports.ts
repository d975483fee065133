import { boolean, customType, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, instant, reference } from "./columns.ts";

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** Files that admins bring in by the browser: what each is, how far the worker has come with it, and what it came to. */
export const imports = pgTable("imports", {
  id: id(),
  kind: text("kind", { enum: ["members", "visits", "memberships", "risk"] }).notNull(),
  fileName: text("file_name").notNull(),
  bytes: integer("bytes").notNull(),
  /** `checking` and `importing` are the worker's, all others wait for somebody or are over. */
  state: text("state", {
    enum: ["uploading", "mapping", "checking", "checked", "importing", "done", "cancelled", "failed"],
  })
    .notNull()
    .default("uploading"),
  /** What must be known of the whole file before its first line can be taken. */
  shape: jsonb("shape").$type<unknown>(),
  /** What each of its columns is, by position; null where it is not taken. */
  columns: jsonb("columns").$type<(string | null)[]>(),
  dates: text("dates", { enum: ["dmy", "mdy"] }),
  /** The days of the file can be read in two ways, and somebody has to say in which. */
  asksForDates: boolean("asks_for_dates").notNull().default(false),
  read: integer("read").notNull().default(0),
  created: integer("created").notNull().default(0),
  updated: integer("updated").notNull().default(0),
  unchanged: integer("unchanged").notNull().default(0),
  refused: integer("refused").notNull().default(0),
  notes: jsonb("notes").$type<Record<string, number>>().notNull().default({}),
  /** Up to where the file is stored, or checked. */
  lastLine: integer("last_line").notNull().default(0),
  bytesRead: integer("bytes_read").notNull().default(0),
  /** Why it cannot go on. */
  error: text("error"),
  createdBy: reference("created_by").notNull(),
  createdAt: createdAt(),
  startedAt: instant("started_at"),
  finishedAt: instant("finished_at"),
  leaseToken: uuid("lease_token"),
  leaseUntil: instant("lease_until"),
  /** Claims in a row that ended without a chunk. */
  lostClaims: integer("lost_claims").notNull().default(0),
});

/** The file itself, in the pieces that the browser sent. It goes when the import has ended. */
export const importPieces = pgTable(
  "import_pieces",
  {
    importId: reference("import_id")
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    content: bytea("content").notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.number] })],
);

/** What is wrong with its lines, in the order of the file. */
export const importProblems = pgTable(
  "import_problems",
  {
    importId: reference("import_id")
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    line: integer("line").notNull(),
    column: text("column").notNull(),
    value: text("value").notNull(),
    reason: text("reason").notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.number] })],
);
