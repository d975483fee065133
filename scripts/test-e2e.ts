import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { startGymServer } from "./e2e-gym.ts";
import { ensureTools } from "./tools.ts";

/**
 * The browser tests: first the newcomer, who has the machine to himself, then the production build in .next, on both
 * queue backends side by side. Arguments go to Playwright; E2E_BACKENDS names the backends, separated by commas.
 */
ensureTools();
/** The tests of each gym, side by side; the queue that has less to show takes those that any queue would do for. */
const suites: Record<"postgres" | "redis", Record<string, string[]>> = {
  postgres: { postgres: ["gym"], "redis-away": ["redis-away"] },
  redis: { redis: ["gym", "security"] },
};
const backends = (process.env.E2E_BACKENDS ?? "postgres,redis").split(",") as (keyof typeof suites)[];
const newcomer = await playwright("newcomer", ["newcomer"]);
const server = await startGymServer();
try {
  const codes = await Promise.all(backends.map(testGym));
  process.exitCode = Math.max(newcomer, ...codes);
} finally {
  await server.stop();
}

async function testGym(backend: keyof typeof suites): Promise<number> {
  const gym = await server.openGym(backend);
  try {
    const runs = Object.entries(suites[backend]).map(([name, projects]) => playwright(name, projects, gym.env));
    return Math.max(...(await Promise.all(runs)));
  } finally {
    await gym.stop();
  }
}

function playwright(name: string, projects: string[], env: Record<string, string> = {}): Promise<number> {
  const chosen = projects.map((project) => `--project=${project}`);
  const asked = process.argv.slice(2);
  // Who asks for some tests may mean none of this project; of all of them there must be some.
  const args = ["playwright", "test", ...chosen, ...(asked.length > 0 ? ["--pass-with-no-tests", ...asked] : [])];
  return new Promise((resolve) => {
    const child = spawn("npx", args, {
      env: { ...process.env, ...env, E2E_RUN: name },
      stdio: ["ignore", "pipe", "inherit"],
    });
    createInterface(child.stdout).on("line", (line) => console.log(`${name}: ${line}`));
    child.once("close", (code) => resolve(code ?? 1));
  });
}
