import { eq } from "drizzle-orm";
import type { Db } from "#db/client";
import { communicationLogs, messageTexts, staffTasks } from "#db/schema/index";
import type { Clock } from "#lib/clock";
import { clockAt, createMember } from "./factories.ts";

/** The gym's clock at an instant of the same day in Zurich. */
export const gymClockAt = (instant: string): Clock => ({ ...clockAt(instant.slice(0, 10)), now: new Date(instant) });

/** A quarter to eight in Zurich. */
export const morning = gymClockAt("2026-11-24T06:45:00Z");

let count = 0;

/** A trainer with an address who has said nothing about mail yet. */
export const createStaff = (db: Db, change: Parameters<typeof createMember>[1] = {}) =>
  createMember(db, {
    role: "staff",
    firstName: "Nico",
    email: `staff-${count++}@gym.example`,
    emailConsent: null,
    ...change,
  });

/** A task that is due on that morning. */
export const createTask = (db: Db, assigneeId: number, change: Partial<typeof staffTasks.$inferInsert> = {}) =>
  db.insert(staffTasks).values({ assigneeId, description: "Call them", dueDate: morning.today, ...change });

/** What was written to somebody. */
export const mailsOf = (db: Db, userId: number) =>
  db
    .select({ subject: messageTexts.subject, text: messageTexts.text, html: messageTexts.html })
    .from(messageTexts)
    .innerJoin(communicationLogs, eq(communicationLogs.id, messageTexts.messageId))
    .where(eq(communicationLogs.memberId, userId));
