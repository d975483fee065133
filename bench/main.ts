import { benchGrowth } from "./growth.ts";
import { benchImport } from "./import.ts";
import { benchLoop } from "./loop.ts";
import { benchMemory } from "./memory.ts";
import { benchRuns } from "./runs.ts";
import { benchSteps } from "./steps.ts";
import { benchSweep } from "./sweep.ts";

const gym = (members: number) => ({ members, visitsPerMember: 6 });

/** Each prints its figures beside the bare limit's, both measured in the same run. */
const benchmarks: Record<string, () => Promise<void>> = {
  "sweep-small": () => benchSweep(gym(10_000), 5),
  sweep: () => benchSweep(gym(100_000), 5),
  loop: () => benchLoop(gym(10_000)),
  runs: () => benchRuns(200_000),
  steps: () => benchSteps(50_000),
  import: () => benchImport({ members: 100_000, visits: 1_000_000 }),
};

/** These need minutes and run by name alone. */
const long: typeof benchmarks = {
  "sweep-large": () => benchSweep(gym(1_000_000), 3),
  growth: () => benchGrowth(),
  "loop-large": () => benchLoop(gym(100_000)),
  memory: () => benchMemory(),
};

const known = { ...benchmarks, ...long };
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in known));
if (unknown) {
  process.stderr.write(`There is no benchmark "${unknown}". There are: ${Object.keys(known).join(", ")}\n`);
  process.exit(1);
}
for (const name of asked.length > 0 ? asked : Object.keys(benchmarks)) {
  console.log(`\n# ${name}`);
  await known[name]?.();
}
