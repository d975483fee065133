import { fork } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
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
async function startCommand(directory: string) {
  const child = fork("test/support/hold-postgres.ts", [directory], { execArgv: ["--import", "tsx"] });
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
