import { sql } from "drizzle-orm";
import { createSignIn } from "#app/_server/create-sign-in";
import type { Db } from "#db/client";
import { demoPassword, demoSignIns } from "#db/seed/demo-gym/index";

/** Lets the demo's three people sign in. Their password is known to everybody: never in production. */
export async function seedSignIns(db: Db): Promise<void> {
  for (const email of Object.values(demoSignIns)) {
    const { rows } = await db.execute<{ userId: number; name: string }>(sql`
      select id as "userId", first_name || ' ' || last_name as name from users where lower(email) = ${email} limit 1`);
    for (const { userId, name } of rows) {
      await createSignIn(db, { userId, email, name, password: demoPassword });
    }
  }
}
