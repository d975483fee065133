import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { expect } from "@playwright/test";
import { until } from "../test/support/until.ts";
import { makeCheckout } from "./checkout.ts";
import { test } from "./test.ts";

/** `npm run dev` with nothing in the environment. */
function spawnDev(checkout: string) {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn("npm", ["run", "--silent", "dev"], {
    cwd: checkout,
    env: { PATH, HOME, NODE_ENV: "development" },
    detached: true,
  });
  const printed = { text: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      printed.text += chunk;
    });
  }
  return { child, printed };
}

/** The same, up to the moment in which it has printed its sign-ins. */
async function startDev(checkout: string) {
  const startedAt = Date.now();
  const { child, printed } = spawnDev(checkout);
  await until(
    () => ({ printed: printed.text, exitCode: child.exitCode }),
    (state) => state.printed.includes("Ctrl-C") || state.exitCode !== null,
    60_000,
  );
  const seconds = (Date.now() - startedAt) / 1000;
  expect(child.exitCode, printed.text).toBeNull();
  return { child, address: /running .*: (http:\S+)/.exec(printed.text)?.[1] ?? "", output: printed.text, seconds };
}

/** Ctrl-C: the terminal tells the whole group. */
async function interrupt(child: ChildProcess) {
  const exited = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-(child.pid ?? 0), "SIGINT");
  await exited;
}

const processesOf = (checkout: string) =>
  execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes(checkout));

const untilNothingRuns = (checkout: string) =>
  until(
    () => processesOf(checkout),
    (lines) => lines.length === 0,
  );

/** Starts it and interrupts it, once for each of the moments of a first start. */
async function interruptInTheMiddle(checkout: string) {
  const moments = [
    ["while its files are made", () => processesOf(checkout).some((line) => line.includes("initdb"))],
    ["while its tables are made", () => processesOf(checkout).some((line) => /postgres.* -D .*data -c/.test(line))],
    ["while it is filled", (printed: string) => printed.includes("Filling")],
  ] as const;
  for (const [moment, hasCome] of moments) {
    await test.step(`Ctrl-C ${moment} leaves no process behind`, async () => {
      const { child, printed } = spawnDev(checkout);
      await until(
        () => hasCome(printed.text) || child.exitCode !== null,
        (isOver) => isOver,
      );
      expect(child.exitCode, printed.text).toBeNull();
      await interrupt(child);
      await untilNothingRuns(checkout);
      expect(printed.text).not.toContain("Error");
    });
  }
}

test("a newcomer starts two checkouts at the same moment with one command each, stops them at any time, and finds the data again", async ({
  page,
}) => {
  test.setTimeout(240_000);
  const [first, second] = [makeCheckout("first"), makeCheckout("second")];
  // Alone, because their time is measured.
  const fresh = await startDev(first);
  expect(fresh.output).toContain("demo-gym-2026");
  await interrupt(fresh.child);
  const again = await startDev(first);
  expect(again.output).not.toContain("Filling");
  await interrupt(again.child);
  expect(processesOf(first)).toEqual([]);

  // Now both have tables, and come to the choice of a port at the same moment.
  await interruptInTheMiddle(second);
  const both = await Promise.all([startDev(first), startDev(second)]);
  const [one, two] = both;
  expect(two.output).toContain("Filling the empty database");
  expect(two.address).not.toBe(one.address);
  const evader = both.find(({ output, address }) => output.includes(`is in use: taking ${new URL(address).port}.`));
  expect(evader, one.output + two.output).toBeDefined();
  await page.goto(evader?.address ?? "", { timeout: 60_000 });
  await page.getByLabel("Email").fill("admin@demo.example");
  await page.getByLabel("Password", { exact: true }).fill("demo-gym-2026");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Dashboard" })).toBeVisible({ timeout: 30_000 });

  // The open page is no reason to wait.
  const toldAt = Date.now();
  await Promise.all([interrupt(one.child), interrupt(two.child)]);
  expect(Date.now() - toldAt).toBeLessThan(10_000);
  expect(processesOf(first)).toEqual([]);
  expect(processesOf(second)).toEqual([]);

  console.log(`first start ${fresh.seconds} s, second ${again.seconds} s`);
  // The goals are 20 and 10 s; half as much again is left to a machine that is slow today.
  expect(fresh.seconds).toBeLessThan(30);
  expect(again.seconds).toBeLessThan(15);
  for (const checkout of [first, second]) {
    rmSync(checkout, { recursive: true, force: true });
  }
});
