import { parseArgs } from "node:util";
import { z } from "zod";
import { createSignIn } from "#app/_server/create-sign-in";
import { signInLinkUrl } from "#app/_server/sign-in-link";
import { connect, type Db, withTransaction } from "#db/client";
import { changeRole, createAdmin, findByWorkAddress } from "#db/queries/admins";
import { insertAuditEvent } from "#db/queries/audit";
import { readEnv } from "#env";
import { createLog } from "#lib/log";
import { signInLinkMinutes } from "#messaging/sign-in-mail";
import { withLocalEnv } from "./local-database.ts";
import { CommandError, runCommand } from "./run-command.ts";

const usage = `Usage: npm run admin -- create EMAIL

Makes EMAIL an admin, or finds the admin, and prints a link to sign in with. Needs no working email.`;

await runCommand(() => withLocalEnv(createAdminFromArguments));

async function createAdminFromArguments() {
  const { positionals, values } = readArguments();
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const [command, typed, ...rest] = positionals;
  if (command !== "create" || !typed || rest.length > 0) {
    throw new CommandError(usage);
  }
  const parsed = z.email().safeParse(typed.trim().toLowerCase());
  if (!parsed.success) {
    throw new CommandError(`"${typed}" is not an email address`);
  }
  const env = readEnv();
  const { db, close } = connect({ connectionString: env.DATABASE_URL, max: 2, applicationName: "admin" });
  try {
    const did = await makeAdmin(db, parsed.data);
    const link = await makeLink(db, env, parsed.data);
    process.stdout.write(`${did}\n\nSign in within ${signInLinkMinutes} minutes; the link works once:\n${link}\n`);
  } finally {
    await close();
  }
}

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { help: { type: "boolean", short: "h" } } });
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
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

async function makeLink(db: Db, env: { APP_URL: string; AUTH_SECRET: string }, email: string): Promise<string> {
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
