import { asc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import { personalData } from "#db/personal-data";
import type { Pair } from "#db/queries/merged-records";
import { users } from "#db/schema/index";
import { AppError } from "#lib/errors";
import type { Clock } from "../define.ts";

type Person = typeof users.$inferSelect;
export type People = { kept: Person; dropped: Person };

/**
 * Both records, locked.
 * @throws AppError that names the one which cannot be merged, and why.
 */
export async function requireMergeable(tx: Tx, { keep, drop }: Pair) {
  const found = await tx
    .select()
    .from(users)
    .where(inArray(users.id, [keep, drop]))
    .orderBy(asc(users.id))
    .for("no key update");
  const byId = new Map(found.map((person) => [person.id, person]));
  const [kept, dropped] = [byId.get(keep), byId.get(drop)];
  const isDone = dropped?.mergedIntoId === keep;
  const fields = {
    keep: refuse(keep, kept),
    drop: isDone ? null : keep === drop ? "is the same member" : refuse(drop, dropped),
  };
  const refusals = Object.entries(fields).flatMap(([field, why]) => (why ? [[field, why]] : []));
  if (!kept || !dropped || refusals.length > 0) {
    throw new AppError("invalid", "These two cannot be merged.", Object.fromEntries(refusals));
  }
  return { kept, dropped, isDone };
}

function refuse(id: number, person: Person | undefined): string | null {
  if (!person) {
    return `there is no member ${id}`;
  }
  if (person.role !== "member") {
    return `${id} is ${person.role === "admin" ? "an admin" : "staff"}: only members are merged`;
  }
  if (person.mergedIntoId !== null) {
    return `${id} was merged into ${person.mergedIntoId}: name that one`;
  }
  return person.erasedAt ? `${id} was erased` : null;
}

/**
 * What the survivor's record does not say it takes from the other, which says nothing any more but whose it was. Where both
 * have a number in other systems, the other keeps its own: what comes in under it is the survivor's.
 */
export async function mergeIdentity(tx: Tx, { kept, dropped }: People, { now }: Clock) {
  const isNamed = personalData.emptied.users.filter((column) => column !== "external_id" || kept.externalId === null);
  const emptied = isNamed.map((column) => sql`${sql.identifier(column)} = default`);
  await tx.execute(sql`
    update users set ${sql.join(emptied, sql`, `)}, status = 'cancelled', merged_into_id = ${kept.id},
      erased_at = ${now}::timestamptz, updated_at = ${now}::timestamptz
    where id = ${dropped.id}`);
  await tx
    .update(users)
    .set({
      externalId: kept.externalId ?? dropped.externalId,
      email: kept.email ?? dropped.email,
      firstName: kept.firstName || dropped.firstName,
      lastName: kept.lastName || dropped.lastName,
      phone: kept.phone ?? dropped.phone,
      birthDate: kept.birthDate ?? dropped.birthDate,
      joinDate: kept.joinDate ?? dropped.joinDate,
      membershipLevel: kept.membershipLevel ?? dropped.membershipLevel,
      language: kept.language ?? dropped.language,
      timeZone: kept.timeZone ?? dropped.timeZone,
      primaryTrainerId: kept.primaryTrainerId ?? dropped.primaryTrainerId,
      locationId: kept.locationId ?? dropped.locationId,
      lastFreezeEndedOn: later(kept.lastFreezeEndedOn, dropped.lastFreezeEndedOn),
      pausedUntil: later(kept.pausedUntil, dropped.pausedUntil),
      profilingObjectedAt: kept.profilingObjectedAt ?? dropped.profilingObjectedAt,
      updatedAt: now,
    })
    .where(eq(users.id, kept.id));
}

/** Of two calendar days, either of which may be missing. */
const later = (a: string | null, b: string | null) => (a && b ? (a > b ? a : b) : (a ?? b));
