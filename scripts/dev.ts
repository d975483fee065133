import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import { sql } from "drizzle-orm";
import { connect } from "#db/client";
import { migrateDatabase } from "#db/migrate";
import { demoPassword, demoSignIns } from "#db/seed/demo-gym/index";
import { readEnv } from "#env";
import { createMessageLinks } from "#messaging/message-links";
import { migrateQueue } from "#worker/connection";
import { handOver, holdPort, portOf } from "./dev-port.ts";
import {
  announce,
  findRunning,
  type LocalDatabase,
  type LocalEnv,
  readSecret,
  startLocalDatabase,
} from "./local-database.ts";
import { CommandError, runCommand } from "./run-command.ts";
import { seedDemo } from "./seed-demo.ts";
import { execArgvFor } from "./worker-flags.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);
const startedAt = performance.now();

await runCommand(async () => {
  const children: ChildProcess[] = [];
  let database: LocalDatabase | undefined;
  let isStopping = false;

  /** Web and worker first, the database last: what they have begun they can still finish. */
  async function stop() {
    isStopping = true;
    await Promise.all(children.map(stopChild));
    await database?.stop();
  }
  /** The first reason to end decides on the exit code: the children that are stopped for it exit as well. */
  async function end(exitCode: number) {
    if (!isStopping) {
      await stop();
      process.exit(exitCode);
    }
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => void end(0));
  }

  try {
    const { PORT: wanted, HOST: host } = readAddress();
    const running = process.env.DATABASE_URL ? null : await findRunning();
    if (running) {
      throw new CommandError(`This checkout's gym is running already: ${running.APP_URL}`);
    }
    database = process.env.DATABASE_URL ? undefined : await startLocalDatabase();
    const env = { ...(database?.env ?? (await migrateGivenDatabase())) };
    const holder = await holdPort(wanted, host);
    const port = portOf(holder);
    if (wanted > 0 && port !== wanted) {
      say(`Port ${wanted} is in use: taking ${port}.`);
    }
    env.APP_URL = `http://localhost:${port}`;
    if (database) {
      announce(env);
    }
    const childEnv: NodeJS.ProcessEnv = {
      ...process.env,
      ...env,
      PORT: String(port),
      NODE_ENV: "development",
      LOG_LEVEL: "warn",
    };
    const run = (script: string, ...args: string[]) => {
      const child = start(script, args, childEnv);
      children.push(child);
      child.once("exit", () => void end(1));
      return child;
    };
    // The web needs seconds of its own before anybody can ask it for a page: meanwhile the gym is filled.
    const web = run("scripts/web.ts", "--dev", "--take-over-port");
    await Promise.all([handOver(holder, web), fillIfEmpty(env)]);
    run("worker/main.ts");
    await waitUntilHealthy(`http://127.0.0.1:${port}/healthz`, () => isStopping);
    greet(env.APP_URL);
  } catch (error) {
    // What fails because everything is being stopped is no news.
    if (!isStopping) {
      await stop();
      throw error;
    }
  }
});

/** Where the web process is to listen, checked before anything is started; all else is checked by whoever uses it. */
function readAddress() {
  const { PORT, HOST } = process.env;
  const standIns = { DATABASE_URL: "postgres://unused", APP_URL: "http://localhost", AUTH_SECRET: "unused".repeat(6) };
  return readEnv({ ...standIns, PORT, HOST });
}

async function migrateGivenDatabase(): Promise<LocalEnv> {
  const { DATABASE_URL = "", MIGRATION_DATABASE_URL = DATABASE_URL, AUTH_SECRET = readSecret() } = process.env;
  const role = decodeURIComponent(new URL(DATABASE_URL).username);
  await migrateDatabase(MIGRATION_DATABASE_URL, role);
  await migrateQueue(MIGRATION_DATABASE_URL, role);
  return { DATABASE_URL, MIGRATION_DATABASE_URL, APP_URL: "http://localhost:3000", AUTH_SECRET };
}

async function fillIfEmpty(env: LocalEnv) {
  const { db, close } = connect({ connectionString: env.DATABASE_URL, max: 4 });
  try {
    const { rows } = await db.execute(sql`select 1 from users limit 1`);
    if (rows.length === 0) {
      say("Filling the empty database with a demo gym …");
      await seedDemo(db, new Date(), createMessageLinks(env));
    }
  } finally {
    await close();
  }
}

function start(script: string, args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  // The channel between us tells a child when we are gone, however that came about.
  return fork(path.resolve(script), args, {
    env,
    execArgv: execArgvFor(script),
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 14_000);
  await exited;
  clearTimeout(timer);
}

async function waitUntilHealthy(url: string, shouldStop: () => boolean) {
  while (!shouldStop()) {
    const isHealthy = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isHealthy) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function greet(appUrl: string) {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  say(`\n  Training Club Retention is running (${seconds} s): ${appUrl}\n`);
  for (const [role, email] of Object.entries(demoSignIns)) {
    say(`  ${role.padEnd(8)} ${email.padEnd(24)} ${demoPassword}`);
  }
  say("\n  Ctrl-C stops it; the data stays in .data/.\n");
}
