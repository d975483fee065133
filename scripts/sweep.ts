import { parseArgs } from "node:util";
import { sql } from "drizzle-orm";
import { connect, type Db } from "#db/client";
import { readClock } from "#engine/clock";
import type { Clock } from "#engine/define";
import { runDueSteps } from "#engine/run-due-steps";
import { findStopsOfRuns } from "#engine/stops";
import { sweep, type WorkflowSweep } from "#engine/sweep";
import { readEnv } from "#env";
import { parseDay } from "#lib/calendar";
import { one } from "#lib/rows";
import { deliverDue } from "#messaging/deliver";
import { createTextFiller } from "#messaging/fill-texts";
import { createMessageLinks } from "#messaging/message-links";
import { chooseProviders } from "#messaging/providers/index";
import { withLocalEnv } from "./local-database.ts";
import { CommandError, runCommand } from "./run-command.ts";

const usage = `Usage: npm run sweep -- [--at ISO-time] [--workflow ID] [--dry-run] [--drain] [--json]

  --at        the engine's clock; without an offset it is the gym's wall clock. Now, unless said.
  --workflow  one enabled workflow alone
  --dry-run   counts, and writes nothing
  --drain     then also does all that is due at that time, messages included
  --json      one object on stdout and nothing else`;

type Drained = { steps: number; messages: number; waiting: number; failed: number };

await runCommand(() =>
  withLocalEnv(async () => {
    const options = readArguments();
    const env = readEnv();
    const { db, close } = connect({
      connectionString: env.DATABASE_URL,
      max: 4,
      applicationName: "sweep",
      statementTimeoutMs: 600_000,
    });
    try {
      const clock = await readClock(db, await readInstant(db, options.at));
      const workflows = await sweep(db, clock, { workflowId: options.workflowId, isDryRun: options.isDryRun });
      if (options.workflowId !== undefined && workflows.length === 0) {
        throw new CommandError(
          `There is no enabled workflow ${options.workflowId}. npm run sweep sweeps all that are on.`,
        );
      }
      const drained = options.isDrain && !options.isDryRun ? await drain(db, clock, env) : null;
      print({ clock, workflows, drained, ...options });
      const needsAttention = workflows.some((workflow) => workflow.needsAttention.length > 0);
      process.exitCode = needsAttention || (drained?.failed ?? 0) > 0 ? 2 : 0;
    } finally {
      await close();
    }
  }),
);

function readArguments() {
  const options = {
    at: { type: "string" },
    workflow: { type: "string" },
    "dry-run": { type: "boolean", default: false },
    drain: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  } as const;
  const parse = () => {
    try {
      return parseArgs({ options }).values;
    } catch (error) {
      throw new CommandError(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    }
  };
  const values = parse();
  if (values.workflow !== undefined && !/^[1-9]\d{0,14}$/.test(values.workflow)) {
    throw new CommandError(`--workflow takes a workflow's number, not "${values.workflow}"\n\n${usage}`);
  }
  return {
    at: values.at,
    workflowId: values.workflow === undefined ? undefined : Number(values.workflow),
    isDryRun: values["dry-run"],
    isDrain: values.drain,
    isJson: values.json,
  };
}

/** An instant with an offset as it stands; without one, the gym's wall clock. */
async function readInstant(db: Db, at: string | undefined): Promise<Date> {
  if (at === undefined) {
    return new Date();
  }
  const [, day = "", time = "00:00", offset] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})?)?$/.exec(at) ?? [];
  const instant = new Date(`${day}T${time}${offset ?? "Z"}`);
  if (!parseDay(day) || Number.isNaN(instant.getTime())) {
    throw new CommandError(`--at takes an ISO time such as 2026-11-22T04:00 or 2026-11-22T03:00:00Z, not "${at}"`);
  }
  if (offset) {
    return instant;
  }
  const { rows } = await db.execute<{ instant: string }>(
    sql`select ${`${day} ${time}`}::timestamp at time zone time_zone as instant from gym_settings`,
  );
  return new Date(one(rows).instant);
}

async function drain(db: Db, clock: Clock, env: ReturnType<typeof readEnv>): Promise<Drained> {
  const newest = await readNewestLog(db);
  const links = createMessageLinks(env);
  const steps = await runDueSteps(db, () => clock, { fillText: createTextFiller(links) });
  const counts = await deliverDue(db, () => clock, { ...chooseProviders(env), findStops: findStopsOfRuns, links });
  // A message that could not be handed over has failed its step, too: the steps' log counts both.
  return { steps, ...counts, failed: await countFailedSteps(db, newest) };
}

async function readNewestLog(db: Db): Promise<number> {
  const { rows } = await db.execute<{ id: number }>(sql`select coalesce(max(id), 0) as id from automation_logs`);
  return one(rows).id;
}

async function countFailedSteps(db: Db, above: number): Promise<number> {
  const { rows } = await db.execute<{ failed: number }>(
    sql`select count(*)::int as failed from automation_logs where id > ${above} and outcome = 'failed'`,
  );
  return one(rows).failed;
}

type Result = {
  clock: Clock;
  workflows: WorkflowSweep[];
  drained: Drained | null;
  isDryRun: boolean;
  isJson: boolean;
};

function print({ clock: { now, today, timeZone }, workflows, drained, isDryRun, isJson }: Result) {
  if (isJson) {
    const result = { at: now.toISOString(), today, timeZone, dryRun: isDryRun, workflows, drained };
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  const lines = [`${isDryRun ? "Would have swept" : "Swept"} for ${today} (${timeZone}, ${now.toISOString()})`, ""];
  const header = ["", "matched", "answered", "baseline", "cooldown", "held", "started"];
  const rows = workflows.map(({ name, matched, alreadyAnswered, baseline, onCooldown, held, started }) =>
    [name, matched, alreadyAnswered, baseline, onCooldown, held, started].map(String),
  );
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of [header, ...rows]) {
    lines.push(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join("  "),
    );
  }
  if (workflows.length === 0) {
    lines.push("No workflow is on.");
  }
  for (const { id, name, needsAttention } of workflows) {
    lines.push(...needsAttention.map(({ path, message }) => `${name} (${id}) needs attention: ${path} ${message}`));
  }
  if (drained) {
    const { steps, messages, waiting, failed } = drained;
    lines.push("", `Executed ${steps} steps; ${messages} messages went out, ${waiting} wait, ${failed} failed.`);
  }
  process.stdout.write(`${lines.join("\n")}\n`);
}
