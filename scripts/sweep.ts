import { connect, type Db } from "#db/client";
import { countHeldRuns } from "#db/queries/workflows";
import { readClock } from "#engine/clock";
import type { Clock } from "#engine/define";
import { enrolNow } from "#engine/enrol";
import { explain } from "#engine/explain";
import { approveHeld } from "#engine/held-runs";
import { sweep } from "#engine/sweep";
import { type Env, readEnv } from "#env";
import { withLocalEnv } from "./local-database.ts";
import { CommandError, runCommand } from "./run-command.ts";
import { readArguments, type SweepArguments } from "./sweep/arguments.ts";
import { drain } from "./sweep/drain.ts";
import { readInstant } from "./sweep/instant.ts";
import { printApproval, printEnrolment, printExplanation, printSweep } from "./sweep/print.ts";

/** Done, nothing done, or done with something that needs attention. */
const exitCodes = { done: 0, nothing: 1, attention: 2 };

await runCommand(async () => {
  const options = readArguments(process.argv.slice(2));
  await withLocalEnv(async () => {
    const env = readEnv();
    const { db, close } = connect({
      connectionString: env.DATABASE_URL,
      max: 4,
      applicationName: "sweep",
      statementTimeoutMs: 600_000,
    });
    try {
      const clock = await readClock(db, await readInstant(db, options.at));
      process.exitCode = await perform(db, clock, env, options);
    } finally {
      await close();
    }
  });
});

async function perform(db: Db, clock: Clock, env: Env, options: SweepArguments): Promise<number> {
  const { workflowId, approveId, explainId, enrolId, enrolTag, isJson } = options;
  if (explainId !== undefined && workflowId !== undefined) {
    printExplanation(await explain(db, { memberId: explainId, workflowId }, clock), isJson);
    return exitCodes.done;
  }
  if ((enrolId !== undefined || enrolTag !== undefined) && workflowId !== undefined) {
    const enrolment = { workflowId, memberId: enrolId ?? null, tag: enrolTag ?? null, actorId: null };
    const enrolled = await enrolNow(db, enrolment, clock);
    const drained = options.isDrain ? await drain(db, clock, env) : null;
    printEnrolment({ workflowId, ...enrolled, drained }, isJson);
    return drained?.failed ? exitCodes.attention : enrolled.started > 0 ? exitCodes.done : exitCodes.nothing;
  }
  if (approveId !== undefined) {
    const approved = await approveHeld(db, { workflowId: approveId, actorId: null });
    if (approved === 0) {
      throw new CommandError(`Workflow ${approveId} holds no runs.`);
    }
    const drained = options.isDrain ? await drain(db, clock, env) : null;
    printApproval({ workflowId: approveId, approved, drained }, isJson);
    return drained?.failed ? exitCodes.attention : exitCodes.done;
  }
  return sweepAndPrint(db, clock, env, options);
}

async function sweepAndPrint(db: Db, clock: Clock, env: Env, options: SweepArguments): Promise<number> {
  const { workflowId, isDryRun, noBrake } = options;
  // What an earlier sweep holds is on its cooldown now, and would be forgotten.
  const heldBefore = await countHeldRuns(db);
  const workflows = await sweep(db, clock, { workflowId, isDryRun, noBrake });
  if (workflowId !== undefined && workflows.length === 0) {
    throw new CommandError(`There is no enabled workflow ${workflowId}. npm run sweep sweeps all that are on.`);
  }
  const drained = options.isDrain ? await drain(db, clock, env) : null;
  printSweep({ clock, workflows, heldBefore, drained, ...options });
  const needsAttention = workflows.some(
    ({ id, needsAttention, held }) => needsAttention.length > 0 || held > 0 || heldBefore.has(id),
  );
  return needsAttention || (drained?.failed ?? 0) > 0 ? exitCodes.attention : exitCodes.done;
}
