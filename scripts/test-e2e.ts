import { spawn } from "node:child_process";
import { startGymServer } from "./e2e-gym.ts";
import { ensureTools } from "./tools.ts";

/**
 * The browser tests on the production build in .next, once for each queue backend. Arguments go to Playwright;
 * E2E_BACKENDS names the backends, separated by commas.
 */
ensureTools();
const backends = (process.env.E2E_BACKENDS ?? "postgres,redis").split(",") as ("postgres" | "redis")[];
const server = await startGymServer();
try {
  for (const backend of backends) {
    const gym = await server.openGym(backend);
    try {
      const report = `.data/e2e-${backend}.json`;
      const code = await playwright(process.argv.slice(2), { ...gym.env, E2E_REPORT: report });
      process.exitCode = Math.max(Number(process.exitCode ?? 0), code);
    } finally {
      await gym.stop();
    }
  }
} finally {
  await server.stop();
}

function playwright(args: string[], env: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn("npx", ["playwright", "test", ...args], { env: { ...process.env, ...env }, stdio: "inherit" });
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
