import { spawn } from "node:child_process";

type Exit = { code: number | null; out: string; error: string; seconds: number };

/** Runs one of scripts/ in a process of its own, with nothing in the environment but what is given. */
export function runScript(script: string, args: string[], env: Record<string, string>): Promise<Exit> {
  const before = performance.now();
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", script, ...args], {
    env: { PATH, HOME, ...env } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let error = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    error += chunk;
  });
  return new Promise((resolve) => {
    child.once("close", (code) => resolve({ code, out, error, seconds: (performance.now() - before) / 1000 }));
  });
}
