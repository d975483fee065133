import { and, eq, gt, sql } from "drizzle-orm";
import { ringBell } from "#db/bells";
import { type Db, withTransaction } from "#db/client";
import { gymSettings, communicationLogs as m, messageBodies } from "#db/schema/index";
import { toLanguage } from "#emails/copy";
import type { Clock } from "#lib/clock";
import { AppError } from "#lib/errors";
import { one } from "#lib/rows";
import type { RenderedMessage } from "./render.ts";

type TestMail = {
  message: Pick<RenderedMessage, "subject" | "html" | "text" | "fromAddress" | "fromName">;
  language: string;
  /** Null for one that is not saved yet. */
  templateId: number | null;
  /** Whoever asks for it, who is the only one to get it. */
  viewer: { userId: number; email: string };
};

/** Twice within that time is a double click. */
const oncePerMs = 5_000;

/**
 * Queues a mail as a template would make it, marked as a test, to whoever asks for it. It passes quiet hours, consent and
 * caps, and counts for none of them.
 * @throws AppError `too_many` when one was asked for a moment ago.
 */
export async function queueTestMail(db: Db, { message, language, templateId, viewer }: TestMail, { now }: Clock) {
  await withTransaction(db, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('test mail', ${viewer.userId}))`);
    const isRecent = await tx.$count(
      m,
      and(eq(m.memberId, viewer.userId), isTest, gt(m.queuedAt, new Date(now.getTime() - oncePerMs))),
    );
    if (isRecent > 0) {
      throw new AppError("too_many", "A test was sent a moment ago. Wait five seconds for the next one.");
    }
    const gym = one(
      await tx.select({ name: gymSettings.senderName, address: gymSettings.senderAddress }).from(gymSettings),
    );
    const { id } = one(
      await tx
        .insert(m)
        .values({
          channel: "email",
          class: "service",
          memberId: viewer.userId,
          templateId,
          language: toLanguage(language),
          recipient: viewer.email,
          dueAt: now,
          queuedAt: now,
          eventData: { is_test: true },
        })
        .returning({ id: m.id }),
    );
    await tx.insert(messageBodies).values({
      messageId: id,
      fromAddress: message.fromAddress ?? gym.address,
      fromName: message.fromName ?? gym.name,
      subject: `[TEST] ${message.subject}`,
      html: message.html,
      text: `[TEST]\n\n${message.text}`,
    });
    await ringBell(tx, "deliver");
  });
}

const isTest = sql`${m.runId} is null and ${m.eventData} ? 'is_test'`;
