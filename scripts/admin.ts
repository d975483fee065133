import { parseArgs } from "node:util";
import { connect, type Db } from "#db/client";
import { type Env, readEnv } from "#env";
import { createAdminWithLink, readEmail } from "./admin/create.ts";
import { eraseNamed } from "./admin/erase-member.ts";
import { exportNamed } from "./admin/export-member.ts";
import { mergeNamed } from "./admin/merge-members.ts";
import { withLocalEnv } from "./local-database.ts";
import { CommandError, runCommand } from "./run-command.ts";

const usage = `Usage: npm run admin -- create EMAIL
       npm run admin -- merge-members KEEP DROP [--yes]
       npm run admin -- export-member MEMBER > FILE
       npm run admin -- erase-member MEMBER [--yes]

  create         makes EMAIL an admin, or finds the admin, and prints a link to sign in with. Needs no working email.
  merge-members  says what would become of two records of one member, each named by external id, number or id:NUMBER.
                 With --yes all that is DROP's becomes KEEP's, for good.
  export-member  prints all that is stored about a member, as JSON.
  erase-member   says what of a member would be erased. With --yes nothing says any more who they were, for good.`;

type Command = (db: Db, env: Env) => Promise<string>;

await runCommand(() => withLocalEnv(run));

async function run() {
  const { positionals, values } = readArguments();
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const command = chooseCommand(positionals, values.yes);
  const env = readEnv();
  const { db, close } = connect({ connectionString: env.DATABASE_URL, max: 2, applicationName: "admin" });
  try {
    process.stdout.write(`${await command(db, env)}\n`);
  } finally {
    await close();
  }
}

/** @throws CommandError for arguments that name none. */
function chooseCommand([name, first, second, ...rest]: string[], isMeant: boolean): Command {
  if (name === "create" && first && second === undefined && !isMeant) {
    const email = readEmail(first);
    return (db, env) => createAdminWithLink(db, env, email);
  }
  if (name === "merge-members" && first && second && rest.length === 0) {
    return (db) => mergeNamed(db, { keep: first, drop: second }, isMeant);
  }
  if (name === "export-member" && first && second === undefined && !isMeant) {
    return (db) => exportNamed(db, first);
  }
  if (name === "erase-member" && first && second === undefined) {
    return (db) => eraseNamed(db, first, isMeant);
  }
  throw new CommandError(usage);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { help: { type: "boolean", short: "h" }, yes: { type: "boolean", default: false } },
    });
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}
