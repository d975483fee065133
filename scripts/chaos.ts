import { parseArgs } from "node:util";
import { isFlawless, wreakHavoc } from "../test/chaos/chaos.ts";
import { startPostgres } from "../test/chaos/servers.ts";
import { fullSizes } from "../test/chaos/sizes.ts";
import { CommandError, runCommand } from "./run-command.ts";
import { ensureTools } from "./tools.ts";

/** The whole size of the chaos test; a smaller one is part of the tests. */
await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: "1" },
      backend: { type: "string", default: "redis" },
      members: { type: "string" },
      kills: { type: "string" },
    },
  });
  const { backend } = values;
  if (backend !== "redis" && backend !== "postgres") {
    throw new CommandError(`--backend is redis or postgres, not "${backend}".`);
  }
  ensureTools();
  const [seed, members, kills] = [values.seed, values.members, values.kills].map(Number);
  const sizes = fullSizes(backend, { members: members || undefined, kills: kills || undefined });
  const postgres = await startPostgres();
  try {
    const result = await wreakHavoc(postgres, { ...sizes, backend, seed: seed ?? 1 });
    console.log(JSON.stringify(result, null, 2));
    if (!isFlawless(result)) {
      const command = process.argv.slice(2).join(" ");
      throw new CommandError(`Something went wrong. The same again: npm run chaos -- ${command || `--seed ${seed}`}`);
    }
  } finally {
    await postgres.stop();
  }
});
