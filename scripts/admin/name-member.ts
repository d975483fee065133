import type { Db } from "#db/client";
import { findMemberNamed } from "#db/queries/members";
import { CommandError } from "../run-command.ts";

/**
 * Whom an argument names: by external id, by number, or by `id:` and the number.
 * @throws CommandError when that is nobody, or two.
 */
export async function requireMember(db: Db, argument: string, name: string): Promise<number> {
  const found = await findMemberNamed(db, name);
  if (found.length > 1) {
    const numbers = found.join(" and ");
    throw new CommandError(
      `${argument}: "${name}" is one's external id and another's number (${numbers}). Name it id:NUMBER.`,
    );
  }
  const [id] = found;
  if (id === undefined) {
    throw new CommandError(`${argument}: there is no member "${name}", neither by external id nor by number`);
  }
  return id;
}
