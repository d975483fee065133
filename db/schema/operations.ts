import { boolean, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant, reference } from "./columns.ts";

/** Forms that were sent, under a token that each brings along: sent twice, it is done once and answered alike. */
export const sentForms = pgTable(
  "sent_forms",
  {
    userId: reference("user_id").notNull(),
    token: uuid("token").notNull(),
    answer: jsonb("answer").$type<unknown>(),
    sentAt: instant("sent_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.token] })],
);

/** Which workers are alive, and whether their queue answers: what the web's readiness is told from. */
export const workerHeartbeats = pgTable("worker_heartbeats", {
  workerId: text("worker_id").primaryKey(),
  startedAt: instant("started_at").notNull(),
  seenAt: instant("seen_at").notNull(),
  isQueueReachable: boolean("is_queue_reachable").notNull(),
});
