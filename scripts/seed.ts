import { sql } from "drizzle-orm";
import { connect } from "#db/client";
import { readClock } from "#engine/clock";
import { readEnv } from "#env";
import { createMessageLinks } from "#messaging/message-links";
import { loadStarters } from "./load-starters.ts";
import { withLocalEnv } from "./local-database.ts";
import { CommandError, runCommand } from "./run-command.ts";
import { seedDemo } from "./seed-demo.ts";

const usage = `Usage: npm run db:seed [-- --demo]

  Adds the starter workflows, switched off, and their templates; those that are there stay as they are.
  --demo  fills an empty database with a whole demo gym. Its passwords are public: not for production.`;

await runCommand(async () => {
  const isDemo = readArguments();
  await withLocalEnv(async () => {
    const env = readEnv();
    const { db, close } = connect({ connectionString: env.DATABASE_URL, max: 2, applicationName: "seed" });
    try {
      if (!isDemo) {
        const { workflows, templates } = await loadStarters(db, await readClock(db));
        process.stdout.write(`Added ${workflows} workflows and ${templates} templates.\n`);
        return;
      }
      const { rows } = await db.execute(sql`select 1 from users limit 1`);
      if (rows.length > 0) {
        throw new CommandError("The demo gym needs an empty database, and there are people in this one.");
      }
      await seedDemo(db, new Date(), createMessageLinks(env));
      process.stdout.write("Added the demo gym.\n");
    } finally {
      await close();
    }
  });
});

function readArguments(): boolean {
  const [first, ...others] = process.argv.slice(2);
  if ((first !== undefined && first !== "--demo") || others.length > 0) {
    throw new CommandError(usage);
  }
  // Unless it is said to be for development, a database that somebody named is a gym's own.
  const isOurs = !process.env.DATABASE_URL || ["development", "test"].includes(process.env.NODE_ENV ?? "");
  if (first && !isOurs) {
    throw new CommandError("The demo gym's passwords are public: it is for NODE_ENV=development alone.");
  }
  return first !== undefined;
}
