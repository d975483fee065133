import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { connect } from "#db/client";
import { runDueSteps } from "#engine/run-due-steps";
import { sweep } from "#engine/sweep";
import { clock, type Size } from "./gym.ts";
import { type Print, whole, withGym } from "./measure.ts";
import { oneStep } from "./sweep.ts";
import { storeWorkflows } from "./workflows.ts";

/** The most memory that a process has which sweeps a gym and executes all steps, whatever the gym's size. */
export async function benchMemory(print: Print = console.log): Promise<void> {
  const small = await measurePeak({ members: 10_000, visitsPerMember: 6 });
  const large = await measurePeak({ members: 1_000_000, visitsPerMember: 3 });
  print(`10,000 members: ${whole(small)} MiB at most`);
  print(`1,000,000 members: ${whole(large)} MiB (goal ≤ 350), ${(large / small).toFixed(2)} × (goal ≤ 1.2)`);
}

async function measurePeak(size: Size): Promise<number> {
  return withGym(size, async ({ db, url }) => {
    await storeWorkflows(db, oneStep);
    const file = new URL(import.meta.url).pathname;
    const child = spawn(process.execPath, ["--import", "tsx", file, url], { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (piece) => {
      output += piece;
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    if (code !== 0) {
      throw new Error(`The worker ended with ${code}`);
    }
    return Number(output) / 1024;
  });
}

/** In the process that is measured: a day's work, then the highest resident memory, in KiB. */
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { db, close } = connect({ connectionString: process.argv[2] ?? "", statementTimeoutMs: 600_000 });
  await sweep(db, clock, { noBrake: true });
  await runDueSteps(db, () => clock);
  await close();
  console.log(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1]);
}
