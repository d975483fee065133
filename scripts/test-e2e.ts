import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { startGymServer } from "./e2e-gym.ts";
import { ensureTools } from "./tools.ts";

/**
 * The browser tests: first the newcomer, who has the machine to himself, then the production build in .next, on both
 * queue backends side by side. Arguments go to Playwright; E2E_BACKENDS names the backends, separated by commas.
 */
ensureTools();
/** The queue that has less to show takes the tests that any queue would do for. */
const projects = { postgres: ["gym"], redis: ["gym", "security"] };
const backends = (process.env.E2E_BACKENDS ?? "postgres,redis").split(",") as (keyof typeof projects)[];
const newcomer = await playwright(["newcomer"], { E2E_REPORT: ".data/e2e-newcomer.json" });
const server = await startGymServer();
try {
  const codes = await Promise.all(backends.map(testGym));
  process.exitCode = Math.max(newcomer, ...codes);
} finally {
  await server.stop();
}

async function testGym(backend: keyof typeof projects): Promise<number> {
  const gym = await server.openGym(backend);
  try {
    return await playwright(projects[backend], { ...gym.env, E2E_REPORT: `.data/e2e-${backend}.json` }, `${backend}: `);
  } finally {
    await gym.stop();
  }
}

function playwright(names: string[], env: Record<string, string>, prefix = ""): Promise<number> {
  const chosen = names.map((name) => `--project=${name}`);
  const asked = process.argv.slice(2);
  // Who asks for some tests may mean none of this project; of all of them there must be some.
  const args = ["playwright", "test", ...chosen, ...(asked.length > 0 ? ["--pass-with-no-tests", ...asked] : [])];
  return new Promise((resolve) => {
    const child = spawn("npx", args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
    createInterface(child.stdout).on("line", (line) => console.log(`${prefix}${line}`));
    child.once("close", (code) => resolve(code ?? 1));
  });
}
