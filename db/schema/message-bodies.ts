import { sql } from "drizzle-orm";
import { bigint, check, jsonb, pgTable, pgView, text, unique } from "drizzle-orm/pg-core";
import { id, reference } from "./columns.ts";
import { communicationLogs } from "./messages.ts";

export type BodyPieces = { html: string[]; text: string[] };

/** What all readers of a template get alike, kept once: the pieces that stand around each one's own words. */
export const bodyFrames = pgTable(
  "body_frames",
  {
    id: id(),
    /** SHA-256, hex, of the pieces. */
    hash: text("hash").notNull(),
    html: jsonb("html").$type<string[]>().notNull(),
    text: jsonb("text").$type<string[]>().notNull(),
  },
  (table) => [unique("body_frames_hash").on(table.hash)],
);

/**
 * A message exactly as it was handed over: frozen before the first try, so that a retry sends the same bytes. HTML and text
 * stand there whole, or in a frame that many share; `messageTexts` reads both.
 */
export const messageBodies = pgTable(
  "message_bodies",
  {
    messageId: bigint("message_id", { mode: "number" })
      .primaryKey()
      .references(() => communicationLogs.id, { onDelete: "cascade" }),
    fromAddress: text("from_address").notNull(),
    fromName: text("from_name").notNull(),
    subject: text("subject").notNull(),
    html: text("html"),
    text: text("text"),
    headers: jsonb("headers").$type<Record<string, string>>().notNull().default({}),
    frameId: reference("frame_id").references(() => bodyFrames.id),
    /** The reader's own words, to stand between the frame's pieces. */
    own: jsonb("own").$type<BodyPieces>(),
  },
  (table) => [
    check(
      "message_bodies_whole_or_framed",
      sql`num_nonnulls(${table.html}, ${table.text}) = case when ${table.frameId} is null then 2 else 0 end
          and (${table.frameId} is null) = (${table.own} is null)`,
    ),
  ],
);

/** Each message with its whole text, as it was handed over. */
export const messageTexts = pgView("message_texts", {
  messageId: bigint("message_id", { mode: "number" }).notNull(),
  fromAddress: text("from_address").notNull(),
  fromName: text("from_name").notNull(),
  subject: text("subject").notNull(),
  html: text("html").notNull(),
  text: text("text").notNull(),
  headers: jsonb("headers").$type<Record<string, string>>().notNull(),
}).as(sql`
  select b.message_id, b.from_address, b.from_name, b.subject,
         coalesce(b.html, weave_pieces(f.html, b.own -> 'html')) as html,
         coalesce(b.text, weave_pieces(f.text, b.own -> 'text')) as text, b.headers
  from message_bodies b left join body_frames f on f.id = b.frame_id`);
