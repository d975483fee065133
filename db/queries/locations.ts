import { asc, eq } from "drizzle-orm";
import { one } from "#lib/rows";
import type { Db, Tx } from "../client.ts";
import { locations } from "../schema/index.ts";

export const listLocations = (db: Db): Promise<{ id: number; name: string }[]> =>
  db.select({ id: locations.id, name: locations.name }).from(locations).orderBy(asc(locations.name), asc(locations.id));

export async function insertLocation(tx: Tx, name: string): Promise<number> {
  return one(await tx.insert(locations).values({ name }).returning({ id: locations.id })).id;
}

/** Null where there is none. Until the transaction ends the name is its. */
export async function lockLocationName(tx: Tx, id: number): Promise<string | null> {
  const [location] = await tx
    .select({ name: locations.name })
    .from(locations)
    .where(eq(locations.id, id))
    .for("no key update");
  return location?.name ?? null;
}

export async function renameLocation(tx: Tx, id: number, name: string): Promise<void> {
  await tx.update(locations).set({ name }).where(eq(locations.id, id));
}
