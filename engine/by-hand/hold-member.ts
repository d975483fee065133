import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "#db/client";
import { users } from "#db/schema/index";
import { AppError } from "#lib/errors";

/**
 * Keeps a member as they are until the transaction ends: nobody erases or merges them meanwhile.
 * @throws AppError `not_found` for whoever is no member, or none any more.
 */
export async function holdMember(tx: Tx, memberId: number): Promise<void> {
  const found = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, memberId), eq(users.role, "member"), isNull(users.erasedAt)))
    .for("no key update");
  if (found.length === 0) {
    throw new AppError("not_found", "There is no such member any more. Reload the page.");
  }
}
