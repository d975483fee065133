import "./production.ts";
import { parseArgs } from "node:util";
import { benchDashboard } from "./dashboard.ts";
import { benchDay } from "./day.ts";
import { benchDelivery } from "./delivery.ts";
import { benchEditor } from "./editor.ts";
import { benchGrowth } from "./growth.ts";
import { benchImport } from "./import.ts";
import { benchLogs } from "./logs.ts";
import { benchLoop } from "./loop.ts";
import { benchMemberList } from "./members.ts";
import { benchMemory } from "./memory.ts";
import { benchRender } from "./render.ts";
import { benchRuns } from "./runs.ts";
import { benchSignup } from "./signup.ts";
import { benchSteps } from "./steps.ts";
import { benchSweep } from "./sweep.ts";
import { benchWebhook } from "./webhook.ts";

type Options = {
  /** Of the gym that is measured, where a benchmark has no size of its own. */
  members?: number;
  /** Of what is measured: figures are medians. */
  repetitions?: number;
};

/** Each prints its figures beside the bare limit's, both measured in the same run. */
const benchmarks: Record<string, (options: Options) => Promise<void>> = {
  sweep: ({ members = 100_000, repetitions = 5 }) => benchSweep({ members, visitsPerMember: 6 }, repetitions),
  loop: ({ members = 10_000 }) => benchLoop({ members, visitsPerMember: 6 }),
  runs: ({ members = 100_000, repetitions = 5 }) => benchRuns(members, repetitions),
  steps: ({ members = 50_000, repetitions = 3 }) => benchSteps(members, repetitions),
  day: ({ members = 100_000, repetitions = 3 }) => benchDay(members, repetitions),
  signup: ({ repetitions = 200 }) => benchSignup(repetitions),
  delivery: ({ members = 10_000, repetitions = 3 }) => benchDelivery(members, repetitions),
  members: ({ members = 100_000, repetitions = 10 }) => benchMemberList(members, repetitions),
  render: ({ repetitions = 5 }) => benchRender(repetitions),
  import: ({ members = 100_000 }) => benchImport({ members, visits: members * 10 }),
};

/** These need minutes, or a build and a browser, and run by name alone. */
const long: typeof benchmarks = {
  growth: () => benchGrowth(),
  logs: ({ members = 100_000, repetitions = 10 }) => benchLogs(members, repetitions),
  memory: () => benchMemory(),
  dashboard: ({ members = 100_000, repetitions = 40 }) => benchDashboard(members, members * 100, repetitions),
  webhook: ({ members = 100_000, repetitions = 1_000 }) => benchWebhook(members * 10, repetitions),
  editor: ({ repetitions = 5 }) => benchEditor(repetitions),
};

const known = { ...benchmarks, ...long };
const usage = `npm run bench [-- NAME …] [--members N] [--repetitions N]
Names: ${Object.keys(known).join(", ")}. Without a name: ${Object.keys(benchmarks).join(", ")}.`;

const { names, options } = readArguments();
for (const name of names.length > 0 ? names : Object.keys(benchmarks)) {
  console.log(`\n# ${name}`);
  await known[name]?.(options);
}

function readArguments(): { names: string[]; options: Options } {
  try {
    const { values, positionals: names } = parseArgs({
      allowPositionals: true,
      options: { members: { type: "string" }, repetitions: { type: "string" } },
    });
    const unknown = names.find((name) => !Object.hasOwn(known, name));
    if (unknown) {
      throw new Error(`There is no benchmark "${unknown}".`);
    }
    const { members, repetitions } = values;
    return {
      names,
      options: { members: count("--members", members), repetitions: count("--repetitions", repetitions) },
    };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${usage}\n`);
    process.exit(1);
  }
}

function count(name: string, text: string | undefined): number | undefined {
  if (text !== undefined && !/^[1-9]\d{0,7}$/.test(text)) {
    throw new Error(`${name}: a whole number from 1 (you gave "${text}").`);
  }
  return text === undefined ? undefined : Number(text);
}
