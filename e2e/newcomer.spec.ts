import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";

/** A checkout of its own beside this one, with everything but its data: files are linked, not copied. */
function makeCheckout(name: string): string {
  const checkout = path.resolve(".data/checkouts", name);
  rmSync(checkout, { recursive: true, force: true });
  mkdirSync(checkout, { recursive: true });
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
  });
  const top = new Set(files.split("\0").flatMap((file) => file.split("/")[0] || []));
  execFileSync("cp", ["-al", "--", ...top, "node_modules", checkout]);
  return checkout;
}

/** `npm run dev` with nothing in the environment, up to the moment in which it has printed its sign-ins. */
async function startDev(checkout: string) {
  const startedAt = Date.now();
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn("npm", ["run", "--silent", "dev"], {
    cwd: checkout,
    env: { PATH, HOME, NODE_ENV: "development" },
    detached: true,
  });
  let output = "";
  const ready = new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      if (output.includes("Ctrl-C")) {
        resolve();
      }
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", () => reject(new Error(`npm run dev ended: ${output}`)));
  });
  await ready;
  const address = /running .*: (http:\S+)/.exec(output)?.[1] ?? "";
  return { child, address, output, seconds: (Date.now() - startedAt) / 1000 };
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

test("a newcomer starts two checkouts at once with one command each, stops one, and finds the data again", async ({
  page,
}) => {
  test.setTimeout(240_000);
  const [first, second] = [makeCheckout("first"), makeCheckout("second")];
  const one = await startDev(first);
  expect(one.output).toContain("demo-gym-2026");
  const two = await startDev(second);
  expect(two.output).toMatch(/Port \d+ is in use: taking \d+/);
  expect(two.address).not.toBe(one.address);

  await page.goto(one.address);
  await page.getByLabel("Email").fill("admin@demo.example");
  await page.getByLabel("Password", { exact: true }).fill("demo-gym-2026");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Workflows" })).toBeVisible({ timeout: 30_000 });

  await interrupt(two.child);
  await interrupt(one.child);
  expect(processesOf(first)).toEqual([]);
  expect(processesOf(second)).toEqual([]);

  const again = await startDev(first);
  expect(again.output).not.toContain("Filling");
  expect(again.seconds).toBeLessThan(one.seconds);
  console.log(`first start ${one.seconds} s, second ${again.seconds} s`);
  await interrupt(again.child);
  expect(processesOf(first)).toEqual([]);
  rmSync(path.resolve(".data/checkouts"), { recursive: true, force: true });
});
