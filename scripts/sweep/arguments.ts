import { parseArgs } from "node:util";
import { CommandError } from "../run-command.ts";

const usage = `Usage: npm run sweep -- [--at ISO-time] [--workflow ID] [--dry-run] [--drain] [--no-brake] [--json]
       npm run sweep -- --approve ID [--drain] [--json]
       npm run sweep -- --enrol MEMBER | --enrol-tag TAG --workflow ID [--at ISO-time] [--drain] [--json]
       npm run sweep -- --explain MEMBER --workflow ID [--at ISO-time] [--json]

  --at        the engine's clock; without an offset it is the gym's wall clock. Now, unless said.
  --workflow  one enabled workflow alone
  --dry-run   counts, and writes nothing
  --drain     then also does all that is due at that time, in the whole gym, messages included
  --no-brake  starts all runs, however many: nothing is held
  --approve   sweeps nothing: lets the held runs of this workflow begin
  --enrol     sweeps nothing: starts a workflow that is started by hand for this member
  --enrol-tag the same for all who carry the tag
  --explain   sweeps nothing: says why the workflow starts for this member, or does not
  --json      one object on stdout and nothing else`;

const options = {
  at: { type: "string" },
  workflow: { type: "string" },
  approve: { type: "string" },
  explain: { type: "string" },
  enrol: { type: "string" },
  "enrol-tag": { type: "string" },
  "dry-run": { type: "boolean", default: false },
  drain: { type: "boolean", default: false },
  "no-brake": { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

export type SweepArguments = ReturnType<typeof readArguments>;

/** What does not sweep takes few of the flags; to ignore the others would let one believe in them. */
const company = {
  approve: ["drain", "json"],
  enrol: ["workflow", "at", "drain", "json"],
  "enrol-tag": ["workflow", "at", "drain", "json"],
  explain: ["workflow", "at", "json"],
};
const modes = Object.keys(company) as (keyof typeof company)[];

/** @throws CommandError that names the argument, with the usage. */
export function readArguments(argv: string[]) {
  const { help, ...values } = parse(argv);
  if (help) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  for (const name of modes) {
    const given = Object.entries(values).filter(([other, value]) => other !== name && value);
    const stranger = given.find(([other]) => !company[name].includes(other));
    if (values[name] !== undefined && stranger) {
      const others = company[name].map((other) => `--${other}`).join(", ");
      throw new CommandError(`--${name} does not go with --${stranger[0]}, only with ${others}\n\n${usage}`);
    }
  }
  if (values["dry-run"] && values.drain) {
    throw new CommandError(`--dry-run does not go with --drain: it writes nothing that could be done\n\n${usage}`);
  }
  const asked = {
    at: values.at,
    workflowId: readId("--workflow", "a workflow's number", values.workflow),
    approveId: readId("--approve", "a workflow's number", values.approve),
    explainId: readId("--explain", "a member's number", values.explain),
    enrolId: readId("--enrol", "a member's number", values.enrol),
    enrolTag: values["enrol-tag"],
    isDryRun: values["dry-run"],
    isDrain: values.drain,
    noBrake: values["no-brake"],
    isJson: values.json,
  };
  const mode = modes.find((name) => name !== "approve" && values[name] !== undefined);
  if (mode && asked.workflowId === undefined) {
    throw new CommandError(`--${mode} also takes --workflow: which one?\n\n${usage}`);
  }
  return asked;
}

function parse(argv: string[]) {
  try {
    return parseArgs({ args: argv, options }).values;
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

function readId(name: string, what: string, value: string | undefined): number | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (!/^[1-9]\d{0,14}$/.test(value)) {
    throw new CommandError(`${name} takes ${what}, not "${value}"\n\n${usage}`);
  }
  return Number(value);
}
