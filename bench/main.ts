import { benchImport } from "./import.ts";
import { benchSweep } from "./sweep.ts";

/** Each prints its figures beside the bare limit's, both measured in the same run. */
const benchmarks: Record<string, () => Promise<void>> = {
  sweep: () => benchSweep(100_000),
  "sweep-small": () => benchSweep(10_000),
  import: () => benchImport({ members: 100_000, visits: 1_000_000 }),
};

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in benchmarks));
if (unknown) {
  process.stderr.write(`There is no benchmark "${unknown}". There are: ${Object.keys(benchmarks).join(", ")}\n`);
  process.exit(1);
}
for (const name of asked.length > 0 ? asked : Object.keys(benchmarks)) {
  console.log(`\n# ${name}`);
  await benchmarks[name]?.();
}
