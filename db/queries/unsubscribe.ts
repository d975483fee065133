import { eq } from "drizzle-orm";
import { type Db, withTransaction } from "../client.ts";
import { users } from "../schema/index.ts";
import { recordConsents } from "./consent.ts";

/** How a member took their yes back: by the page behind the link, or by their mail program's own button. */
type Source = "unsubscribe_page" | "one_click";

/**
 * No more marketing email, from the next claim on. Doing it twice is doing it once; a member who was erased in the
 * meantime has nothing left to refuse, and that is as good.
 */
export async function unsubscribe(db: Db, memberId: number, source: Source): Promise<void> {
  await withTransaction(db, async (tx) => {
    const [member] = await tx.select({ erasedAt: users.erasedAt }).from(users).where(eq(users.id, memberId));
    if (member && member.erasedAt === null) {
      const consent = { memberId, channel: "email" as const, class: "marketing" as const, isGranted: false, source };
      await recordConsents(tx, [consent], { keepRefusals: false });
    }
  });
}
