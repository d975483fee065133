import { fork } from "node:child_process";
import path from "node:path";
import type { Lag } from "../support/report-lag.ts";
import { until } from "../support/until.ts";

const reportLag = path.resolve("test/support/report-lag.ts");

/** A web or worker process of one's own as in production, with nothing in the environment but what is given. */
export function startProcess(script: string, env: Record<string, string>, checkout = ".") {
  const { PATH = "", HOME = "" } = process.env;
  const child = fork(script, {
    cwd: checkout,
    env: { PATH, HOME, NODE_ENV: "production", ...env },
    execArgv: ["--import", "tsx", "--import", reportLag],
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
    isAlive: () => child.exitCode === null && child.signalCode === null,
    /** How late the event loop has been since this was last asked. */
    readLag: () =>
      new Promise<Lag>((resolve) => {
        child.once("message", (lag) => resolve(lag as Lag));
        child.send("lag");
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
