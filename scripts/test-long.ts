import { spawnSync } from "node:child_process";
import { ensureTools } from "./tools.ts";

/** The oracle, the chaos tests and those of delivery at the size that would take too long after every change. */
ensureTools();
const { status } = spawnSync(
  "npx",
  ["vitest", "run", "test/oracle", "test/chaos", "test/delivery", "app/api/webhooks", ...process.argv.slice(2)],
  {
    stdio: "inherit",
    env: { ...process.env, TEST_SIZE: "long" },
  },
);
process.exitCode = status ?? 1;
