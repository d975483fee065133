import { spawn } from "node:child_process";
import path from "node:path";

type Exit = {
  code: number | null;
  out: string;
  error: string;
  seconds: number;
  /** What it took of a processor: the same however much else the machine does meanwhile. */
  busySeconds: number;
};

const reportCpu = path.join(import.meta.dirname, "report-cpu.ts");

/** Runs one of the entry points in a process of its own, with nothing in the environment but what is given. */
export function runScript(script: string, args: string[], env: Record<string, string>): Promise<Exit> {
  const before = performance.now();
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", "--import", reportCpu, script, ...args], {
    env: { PATH, HOME, ...env } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const [, out, error, busy] = child.stdio.map((stream) => {
    const heard = { text: "" };
    stream?.on("data", (chunk: Buffer) => {
      heard.text += chunk;
    });
    return heard;
  });
  return new Promise((resolve) => {
    child.once("close", (code) =>
      resolve({
        code,
        out: out?.text ?? "",
        error: error?.text ?? "",
        seconds: (performance.now() - before) / 1000,
        busySeconds: Number(busy?.text),
      }),
    );
  });
}

/**
 * The same, up to three times until it takes less than a second of a processor: neighbours that crowd its caches make a
 * start slower, and none faster than it is.
 */
export async function runQuickly(script: string, env: Record<string, string>): Promise<Exit> {
  let exit = await runScript(script, [], env);
  for (let again = 0; again < 2 && exit.busySeconds >= 1; again++) {
    exit = await runScript(script, [], env);
  }
  return exit;
}
