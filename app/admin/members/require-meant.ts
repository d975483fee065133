import type { Db } from "#db/client";
import { findMemberProfile } from "#db/queries/member-profile";
import { AppError } from "#lib/errors";

/**
 * What cannot be undone is done to the member whose name, or email address, was typed.
 * @throws AppError that names the field
 */
export async function requireMeant(db: Db, memberId: number, typed: string): Promise<void> {
  const member = await findMemberProfile(db, memberId);
  if (!member || member.erasedAt || member.mergedIntoId) {
    throw new AppError("not_found", "There is no such member any more.");
  }
  const names = [member.name ?? `Member ${memberId}`, member.email].flatMap((name) => (name ? [plain(name)] : []));
  if (!names.includes(plain(typed))) {
    const message = `This is neither the name nor the email address: type “${member.name ?? `Member ${memberId}`}”.`;
    throw new AppError("invalid", message, { typed: message });
  }
}

const plain = (text: string) => text.normalize().trim().replace(/\s+/g, " ").toLowerCase();
