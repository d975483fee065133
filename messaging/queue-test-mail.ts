import { and, desc, eq, gt, sql } from "drizzle-orm";
import { ringBell } from "#db/bells";
import { type Db, type Tx, withTransaction } from "#db/client";
import { gymSettings, communicationLogs as m, messageBodies } from "#db/schema/index";
import { toLanguage } from "#emails/copy";
import type { Clock } from "#lib/clock";
import { AppError } from "#lib/errors";
import { clockTime } from "#lib/format-time";
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

/** The same within that time is a double click. */
const onceInMs = 5_000;

const minuteMs = 60_000;

/** A mailbox that gets more from us in a row takes us for a sender of spam. */
const limit = { tests: 10, withinMs: 60 * minuteMs };

/**
 * Queues a mail as a template would make it, marked as a test, to whoever asks for it. It passes quiet hours, consent and
 * caps, and counts for none of them. Asked for twice at once, it goes once.
 * @throws AppError `too_many` after ten within an hour, with the time from which the next one may go.
 */
export async function queueTestMail(db: Db, { message, language, templateId, viewer }: TestMail, clock: Clock) {
  const { now } = clock;
  await withTransaction(db, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('test mail', ${viewer.userId}))`);
    if (await isOnItsWay(tx, { message, templateId, viewer }, now)) {
      return;
    }
    await requireFew(tx, viewer.userId, clock);
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
      subject: marked(message.subject),
      html: message.html,
      text: `[TEST]\n\n${message.text}`,
    });
    await ringBell(tx, "deliver");
  });
}

async function isOnItsWay(tx: Tx, mail: Omit<TestMail, "language">, now: Date): Promise<boolean> {
  const [found] = await tx
    .select({ id: m.id })
    .from(m)
    .innerJoin(messageBodies, eq(messageBodies.messageId, m.id))
    .where(
      and(
        eq(m.memberId, mail.viewer.userId),
        isTest,
        gt(m.queuedAt, new Date(now.getTime() - onceInMs)),
        sql`${m.templateId} is not distinct from ${mail.templateId}`,
        eq(messageBodies.subject, marked(mail.message.subject)),
        eq(messageBodies.html, mail.message.html),
      ),
    )
    .limit(1);
  return found !== undefined;
}

async function requireFew(tx: Tx, userId: number, { now, timeZone }: Clock): Promise<void> {
  const since = new Date(now.getTime() - limit.withinMs);
  const tests = await tx
    .select({ at: m.queuedAt })
    .from(m)
    .where(and(eq(m.memberId, userId), isTest, gt(m.queuedAt, since)))
    .orderBy(desc(m.queuedAt))
    .limit(limit.tests);
  const first = tests[limit.tests - 1];
  if (first) {
    const freeAtMs = first.at.getTime() + limit.withinMs;
    const from = clockTime(new Date(Math.ceil(freeAtMs / minuteMs) * minuteMs), timeZone);
    throw new AppError(
      "too_many",
      `You sent yourself ${limit.tests} tests within an hour. Send the next one from ${from}.`,
    );
  }
}

const marked = (subject: string) => `[TEST] ${subject}`;

const isTest = sql`${m.runId} is null and ${m.eventData} ? 'is_test'`;
