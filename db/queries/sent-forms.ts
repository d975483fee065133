import { and, eq, lt } from "drizzle-orm";
import { type Db, type Tx, withTransaction } from "../client.ts";
import { sentForms } from "../schema/index.ts";

type Sent = {
  /** Who sent the form, by `users.id`. */
  userId: number;
  /** A UUID that the form brings along, the same however often it is sent. */
  token: string;
  now: Date;
};

const keptMs = 24 * 3_600_000;

/**
 * Does what a form asks for once: sent again within a day, also at the same time, it is answered as before. What is refused
 * was not done, and may be sent again.
 */
export async function doOnce<Answer>(db: Db, { userId, token, now }: Sent, work: (tx: Tx) => Promise<Answer>) {
  return withTransaction(db, async (tx): Promise<Answer> => {
    await tx.delete(sentForms).where(lt(sentForms.sentAt, new Date(now.getTime() - keptMs)));
    const isThis = and(eq(sentForms.userId, userId), eq(sentForms.token, token));
    const first = await tx.insert(sentForms).values({ userId, token, sentAt: now }).onConflictDoNothing().returning();
    if (first.length === 0) {
      const [sent] = await tx.select({ answer: sentForms.answer }).from(sentForms).where(isThis);
      return sent?.answer as Answer;
    }
    const answer = await work(tx);
    await tx.update(sentForms).set({ answer }).where(isThis);
    return answer;
  });
}
