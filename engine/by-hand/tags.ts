import { and, eq } from "drizzle-orm";
import { type Db, type Tx, withTransaction } from "#db/client";
import { insertAuditEvent } from "#db/queries/audit";
import { tagMembers } from "#db/queries/members";
import { memberTags } from "#db/schema/index";
import { holdMember } from "./hold-member.ts";

type Tagging = { memberId: number; tag: string; actorId: number };

/** Workflows that wait for the tag hear of it. A tag that they have already stays, and nothing happens. */
export function addTagByHand(db: Db, { memberId, tag, actorId }: Tagging): Promise<void> {
  return withTransaction(db, async (tx) => {
    await holdMember(tx, memberId);
    const added = await tagMembers(tx, [{ memberId, tag }]);
    if (added.length > 0) {
      await record(tx, "member.tag_added", { memberId, actorId, after: { tag } });
    }
  });
}

export function removeTagByHand(db: Db, { memberId, tag, actorId }: Tagging): Promise<void> {
  return withTransaction(db, async (tx) => {
    await holdMember(tx, memberId);
    const isThis = and(eq(memberTags.memberId, memberId), eq(memberTags.tag, tag));
    const removed = await tx.delete(memberTags).where(isThis).returning({ tag: memberTags.tag });
    if (removed.length > 0) {
      await record(tx, "member.tag_removed", { memberId, actorId, before: { tag } });
    }
  });
}

type Change = { memberId: number; actorId: number; before?: { tag: string }; after?: { tag: string } };

const record = (tx: Tx, action: string, { memberId, ...change }: Change) =>
  insertAuditEvent(tx, { ...change, action, subjectType: "member", subjectId: memberId });
