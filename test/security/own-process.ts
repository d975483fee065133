import { fork } from "node:child_process";
import path from "node:path";
import { execArgvFor } from "../../scripts/worker-flags.ts";
import { until } from "../support/until.ts";

type Options = {
  /** A module to load before all others; what it hears and says goes through `ask`. */
  preload?: string;
};

/** A web or worker process of one's own as in production, with nothing in the environment but what is given. */
export function startProcess(script: string, env: Record<string, string>, { preload }: Options = {}) {
  const { PATH = "", HOME = "" } = process.env;
  const child = fork(script, {
    env: { PATH, HOME, NODE_ENV: "production", ...env },
    execArgv: [...execArgvFor(script), ...(preload ? ["--import", path.resolve(preload)] : [])],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      printed += chunk;
    });
  }
  return {
    printed: () => printed,
    pid: child.pid,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    ask: <Answer>(word: string) =>
      new Promise<Answer>((resolve) => {
        child.once("message", (answer) => resolve(answer as Answer));
        child.send(word);
      }),
    async stop() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

/** Until the probe answers that all is well. */
export const untilReady = (url: string) =>
  until(
    () =>
      fetch(`${url}/readyz`).then(
        (response) => response.json() as Promise<{ queue?: string }>,
        () => null,
      ),
    (answer) => answer?.queue === "ok",
    60_000,
  );
