import { spawn } from "node:child_process";
import path from "node:path";
import { inject } from "vitest";
import { bundle } from "./bundle.ts";

type Exit = {
  code: number | null;
  out: string;
  error: string;
  seconds: number;
};

const bundles = new Map<string, Promise<string>>();

/** Starts one of the commands in a process of its own, with nothing in the environment but what is given. */
export async function startScript(script: string, args: string[], env: Record<string, string>) {
  const file = bundles.get(script) ?? bundle(script, { directory: inject("scratchDirectory") });
  bundles.set(script, file);
  return start([await file, ...args], env);
}

/** The same, up to its end. */
export async function runScript(script: string, args: string[], env: Record<string, string>): Promise<Exit> {
  const { done } = await startScript(script, args, env);
  return done;
}

/** What it took of a processor: the same however much else the machine does meanwhile. */
type Busy = { busySeconds: number };

const reportCpu = path.join(import.meta.dirname, "report-cpu.ts");

/**
 * Runs an entry point as it is, modules and all, up to three times until it takes less than a second of a processor:
 * neighbours that crowd its caches make a start slower, and none faster than it is.
 */
export async function runQuickly(script: string, env: Record<string, string>): Promise<Exit & Busy> {
  for (let turn = 1; ; turn++) {
    const { done, heardOn } = start(["--import", "tsx", "--import", reportCpu, script], env);
    const exit = await done;
    const busySeconds = Number(heardOn(3));
    if (busySeconds < 1 || turn === 3) {
      return { ...exit, busySeconds };
    }
  }
}

function start(args: string[], env: Record<string, string>) {
  const before = performance.now();
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, args, {
    env: { PATH, HOME, ...env } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const heard = child.stdio.map((stream) => {
    const pieces: string[] = [];
    stream?.on("data", (piece: Buffer) => pieces.push(String(piece)));
    return pieces;
  });
  const heardOn = (stream: number) => heard[stream]?.join("") ?? "";
  const done = new Promise<Exit>((resolve) => {
    child.once("close", (code) =>
      resolve({ code, out: heardOn(1), error: heardOn(2), seconds: (performance.now() - before) / 1000 }),
    );
  });
  return { child, done, heardOn };
}
