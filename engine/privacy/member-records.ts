import { sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import { AppError } from "#lib/errors";

/**
 * Every record of the member: their own, and those that were merged into it.
 * @throws AppError that names the field
 */
export async function requireMemberRecords(tx: Tx, memberId: number): Promise<number[]> {
  const { rows } = await tx.execute<{ id: number; role: string; mergedIntoId: number | null }>(sql`
    select id, role, merged_into_id as "mergedIntoId" from users
    where id = ${memberId} or merged_into_id = ${memberId} order by id`);
  const refusal = refuse(
    memberId,
    rows.find(({ id }) => id === memberId),
  );
  if (refusal) {
    throw new AppError(refusal.code, refusal.message, { member: refusal.message });
  }
  return rows.map(({ id }) => id);
}

function refuse(id: number, person: { role: string; mergedIntoId: number | null } | undefined) {
  if (!person) {
    return { code: "not_found", message: `There is no member ${id}.` } as const;
  }
  if (person.role !== "member") {
    return {
      code: "invalid",
      message: `${id} is of the staff, and no member.`,
    } as const;
  }
  return person.mergedIntoId === null
    ? null
    : ({ code: "invalid", message: `${id} was merged into ${person.mergedIntoId}: name that one.` } as const);
}
