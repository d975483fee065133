import type { Db } from "#db/client";
import { savePasswordHash, saveSignIn } from "#db/queries/sign-in";
import { hashNewPassword } from "./passwords.ts";

type NewSignIn = { userId: number; email: string; name: string; password?: string };

/** Lets a person (users.id) sign in. Their role stands in `users`. For scripts and tests; nobody signs up by themselves. */
export async function createSignIn(db: Db, { userId, email, name, password }: NewSignIn): Promise<void> {
  const hash = password === undefined ? null : await hashNewPassword(password);
  await saveSignIn(db, { userId, email, name });
  if (hash) {
    await savePasswordHash(db, userId, hash);
  }
}
