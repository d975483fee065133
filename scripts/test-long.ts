import { spawnSync } from "node:child_process";
import { ensureTools } from "./tools.ts";

/** The oracle and the chaos tests at the size that would take too long after every change. */
ensureTools();
const { status } = spawnSync("npx", ["vitest", "run", "test/oracle", "test/chaos", ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, TEST_SIZE: "long" },
});
process.exitCode = status ?? 1;
