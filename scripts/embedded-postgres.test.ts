import { fork } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { administer } from "../test/support/administer.ts";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";

type Answer = { url?: string; refusal?: string };

function makeDirectory() {
  const directory = mkdtempSync(path.join(tmpdir(), "retention-postgres-"));
  chmodSync(directory, 0o755);
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Starts the directory's database in a process of its own. */
async function startCommand(directory: string, checkout = ".") {
  const child = fork(path.join(checkout, "test/support/hold-postgres.ts"), [directory], {
    // Else a checkout that is a link to this one would be taken for this one.
    execArgv: ["--preserve-symlinks", "--preserve-symlinks-main", "--import", "tsx"],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const answer = await new Promise<Answer>((resolve) => child.once("message", (word) => resolve(word as Answer)));
  return {
    ...answer,
    pid: child.pid,
    async stop() {
      child.send("stop");
      await exited;
    },
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

const isAnswering = (url = "") =>
  administer(url, async (query) => (await query("select 1")).rowCount === 1).catch(() => false);

test("of two commands that start a fresh checkout at once one has its database, and only that one ends it", {
  timeout: 60_000,
}, async () => {
  const directory = makeDirectory();
  const commands = await Promise.all([startCommand(directory), startCommand(directory)]);
  const [holder, ...others] = commands.filter(({ url }) => url);
  expect(others).toEqual([]);
  const refused = commands.find(({ refusal }) => refusal);
  expect(refused?.refusal).toBe(
    `Another command (process ${holder?.pid}) uses the database in ${directory}. Try again when it has ended.`,
  );
  expect((await startCommand(directory)).refusal).toBe(refused?.refusal);
  expect(readFileSync(path.join(directory, "starter"), "utf8")).toBe(String(holder?.pid));
  expect(await isAnswering(holder?.url)).toBe(true);

  await holder?.stop();
  expect(await isAnswering(holder?.url)).toBe(false);
  expect(existsSync(path.join(directory, "starter"))).toBe(false);
});

test("what a killed command left running is ended by the next one, which has the same data", {
  timeout: 60_000,
}, async () => {
  const directory = makeDirectory();
  const killed = await startCommand(directory);
  await administer(killed.url ?? "", (query) => query("create table kept ()"));
  await killed.kill();
  const next = await startEmbeddedPostgres({ directory });
  onTestFinished(() => next.stop());
  expect(await isAnswering(killed.url)).toBe(false);
  await administer(next.url("postgres"), (query) => query("select from kept"));
});

test.runIf(process.getuid?.() === 0)(
  "root's database starts in a checkout that is closed to others, from a whole copy of the version installed there",
  { timeout: 60_000 },
  async () => {
    const closed = makeDirectory();
    chmodSync(closed, 0o700);
    const checkout = path.join(closed, "checkout");
    symlinkSync(process.cwd(), checkout);
    const directory = makeDirectory();
    mkdirSync(path.join(directory, "native.new"));

    const first = await startCommand(directory, checkout);
    expect(first.refusal).toBeUndefined();
    expect(await isAnswering(first.url)).toBe(true);
    await first.stop();

    const copy = path.join(directory, "native");
    rmSync(path.join(copy, "bin/postgres"));
    writeFileSync(path.join(copy, "package.json"), '{ "version": "17.0.0" }');
    const next = await startCommand(directory, checkout);
    expect(next.refusal).toBeUndefined();
    expect(await isAnswering(next.url)).toBe(true);
    await next.stop();
  },
);
