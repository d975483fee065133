import { z } from "zod";
import { createSignIn } from "#app/_server/create-sign-in";
import { signInLinkUrl } from "#app/_server/sign-in-link";
import { type Db, withTransaction } from "#db/client";
import { changeRole, createAdmin, findByWorkAddress } from "#db/queries/admins";
import { insertAuditEvent } from "#db/queries/audit";
import { createLog } from "#lib/log";
import { signInLinkMinutes } from "#messaging/sign-in-mail";
import { CommandError } from "../run-command.ts";

/** The environment that a sign-in link is made of. */
type LinkEnv = { APP_URL: string; AUTH_SECRET: string };

/** @throws CommandError when it is none. */
export function readEmail(typed: string): string {
  const parsed = z.email().safeParse(typed.trim().toLowerCase());
  if (!parsed.success) {
    throw new CommandError(`"${typed}" is not an email address`);
  }
  return parsed.data;
}

/** Makes an admin, or finds them, and a link to sign in with. Returns what to tell. */
export async function createAdminWithLink(db: Db, env: LinkEnv, email: string): Promise<string> {
  const did = await makeAdmin(db, email);
  const link = await makeLink(db, env, email);
  return `${did}\n\nSign in within ${signInLinkMinutes} minutes; the link works once:\n${link}`;
}

/** Returns what it did, in words. */
async function makeAdmin(db: Db, email: string): Promise<string> {
  return withTransaction(db, async (tx) => {
    const person = await findByWorkAddress(tx, email);
    const userId = person?.userId ?? (await createAdmin(tx, email));
    if (!person?.hasSignIn) {
      await createSignIn(tx, { userId, email, name: person?.name || email });
    }
    if (person?.role === "admin") {
      return person.hasSignIn ? `${email} is an admin already.` : `${email} is an admin and can sign in now.`;
    }
    await changeRole(tx, { userId, role: "admin" });
    const before = person ? { role: person.role } : undefined;
    await insertAuditEvent(tx, {
      actorId: null,
      action: person ? "role_changed" : "admin_created",
      subjectType: "user",
      subjectId: userId,
      before,
      after: { role: "admin" },
    });
    return person ? `${email} was ${person.role} and is an admin now.` : `${email} is a new admin.`;
  });
}

async function makeLink(db: Db, env: LinkEnv, email: string): Promise<string> {
  let link = "";
  // Large: whoever typed something wrong need not wait for it.
  const { createAuth } = await import("#app/_server/auth");
  const auth = createAuth({
    db,
    appUrl: env.APP_URL,
    secret: env.AUTH_SECRET,
    isUnlimited: true,
    log: createLog({ name: "admin", level: "silent" }),
    onLinkToken: async (_email, token) => {
      link = signInLinkUrl(env.APP_URL, token);
    },
  });
  await auth.api.signInMagicLink({ body: { email }, headers: new Headers() });
  return link;
}
