import { eq, sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { one } from "#lib/rows";
import { gymSettings, users } from "../schema/index.ts";

export type Gym = { name: string; timeZone: string; language: string };

export async function readGym(db: Db): Promise<Gym> {
  return one(
    await db
      .select({ name: gymSettings.name, timeZone: gymSettings.timeZone, language: gymSettings.language })
      .from(gymSettings),
  );
}

/** Where the gym's own mail comes from: what follows the @ of its sender address. */
export async function readSenderDomain(db: Db): Promise<string> {
  const { address } = one(await db.select({ address: gymSettings.senderAddress }).from(gymSettings));
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}

/** The member's own time zone, else the gym's: whose days a member's pages are grouped by. */
export async function readMemberTimeZone(db: Db, memberId: number): Promise<string> {
  const [row] = await db
    .select({ timeZone: sql<string>`coalesce(${users.timeZone}, ${gymSettings.timeZone})` })
    .from(gymSettings)
    .leftJoin(users, eq(users.id, memberId));
  return row?.timeZone ?? "UTC";
}
