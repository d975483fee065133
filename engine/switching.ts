import { eq, sql } from "drizzle-orm";
import { ringBell } from "#db/bells";
import { type Db, type Tx, withTransaction } from "#db/client";
import { insertAuditEvent } from "#db/queries/audit";
import { automationWorkflows, requests } from "#db/schema/index";
import { AppError } from "#lib/errors";
import { one } from "#lib/rows";
import { forgetBaseline, writeBaseline } from "./baseline.ts";
import type { Clock } from "./define.ts";
import { requireDefinition, requireWorkflow } from "./require-workflow.ts";

type Switch = {
  workflowId: number;
  /** The admin's `users.id`; null on the command line. */
  actorId: number | null;
};

type SwitchOn = Switch & {
  /** Also those who match now; otherwise they are left out: only from now on. */
  includeCurrent: boolean;
};

/**
 * Switches a workflow on. Returns the request for the sweep if those who match now are to be started.
 * @throws AppError with all problems of its definition at once; nothing changes then.
 */
export async function switchOn(db: Db, { workflowId, includeCurrent, actorId }: SwitchOn, clock: Clock) {
  return withTransaction(db, async (tx) => {
    const workflow = await requireWorkflow(tx, workflowId);
    if (workflow.liveVersionId === null) {
      throw new AppError("conflict", `"${workflow.name}" was never published. Publish it first.`);
    }
    const definition = await requireDefinition(tx, workflow);
    if (workflow.isEnabled) {
      throw new AppError("conflict", `"${workflow.name}" is already on.`);
    }
    await tx
      .update(automationWorkflows)
      .set({ isEnabled: true, enabledAt: clock.now, updatedAt: clock.now, updatedBy: actorId })
      .where(eq(automationWorkflows.id, workflowId));
    await insertAuditEvent(tx, { actorId, action: "workflow.enabled", subjectType: "workflow", subjectId: workflowId });
    await markTodayAsSwept(tx, workflowId, clock);
    if (includeCurrent) {
      await forgetBaseline(tx, workflowId);
      return { requestId: await requestSweep(tx, workflowId, actorId) };
    }
    await writeBaseline(tx, workflowId, definition.trigger, clock);
    return { requestId: null };
  });
}

/** Holds the workflow: its runs stay where they are, and no step of them starts until it is on again. */
export async function switchOff(db: Db, { workflowId, actorId }: Switch, clock: Clock) {
  await withTransaction(db, async (tx) => {
    const workflow = await requireWorkflow(tx, workflowId);
    if (!workflow.isEnabled) {
      return;
    }
    await tx
      .update(automationWorkflows)
      .set({ isEnabled: false, disabledAt: clock.now, disabledBy: actorId, updatedAt: clock.now, updatedBy: actorId })
      .where(eq(automationWorkflows.id, workflowId));
    await insertAuditEvent(tx, {
      actorId,
      action: "workflow.disabled",
      subjectType: "workflow",
      subjectId: workflowId,
    });
  });
}

/** How long a switch can be taken back as if it had not been touched. */
const undoMinutes = 5;

/**
 * Takes a switch-off back: the workflow goes on where it was, without a new baseline.
 * @throws AppError when it was not this person, or too long ago: then only switching on anew is left.
 */
export async function undoSwitchOff(db: Db, { workflowId, actorId }: Switch, clock: Clock) {
  await withTransaction(db, async (tx) => {
    const workflow = await requireWorkflow(tx, workflowId);
    await requireDefinition(tx, workflow);
    const undone = await tx
      .update(automationWorkflows)
      .set({ isEnabled: true, updatedAt: clock.now })
      .where(
        sql`${automationWorkflows.id} = ${workflowId} and not ${automationWorkflows.isEnabled}
          and ${automationWorkflows.disabledBy} is not distinct from ${actorId}::bigint
          and ${automationWorkflows.disabledAt} > ${clock.now}::timestamptz - make_interval(mins => ${undoMinutes})`,
      )
      .returning({ id: automationWorkflows.id });
    if (undone.length === 0) {
      throw new AppError("conflict", `"${workflow.name}" cannot be put back any more. Switch it on instead.`);
    }
    await insertAuditEvent(tx, { actorId, action: "workflow.enabled", subjectType: "workflow", subjectId: workflowId });
  });
}

/** Asks the worker to sweep one workflow now. Cooldowns and answered occurrences hold as in every sweep. */
export async function requestRunNow(db: Db, { workflowId, actorId }: Switch): Promise<{ requestId: number }> {
  return withTransaction(db, async (tx) => {
    const workflow = await requireWorkflow(tx, workflowId);
    await requireDefinition(tx, workflow);
    if (!workflow.isEnabled) {
      throw new AppError("conflict", `"${workflow.name}" is off. Switch it on first.`);
    }
    await insertAuditEvent(tx, { actorId, action: "workflow.run_now", subjectType: "workflow", subjectId: workflowId });
    return { requestId: await requestSweep(tx, workflowId, actorId) };
  });
}

/** Today's sweep is over: whom it would have found is answered by the switch itself, one way or the other. */
async function markTodayAsSwept(tx: Tx, workflowId: number, clock: Clock) {
  await tx.execute(sql`
    insert into swept_days (workflow_id, swept_on, finished_at)
    select ${workflowId}, ${clock.today}::date, ${clock.now}::timestamptz from gym_settings
    where ${clock.now}::timestamptz >= (${clock.today}::date + sweep_time) at time zone time_zone
    on conflict (workflow_id, swept_on) do update set counts = excluded.counts, finished_at = excluded.finished_at`);
}

export async function requestSweep(tx: Tx, workflowId: number, requestedBy: number | null): Promise<number> {
  const request = one(
    await tx.insert(requests).values({ type: "sweep", workflowId, requestedBy }).returning({ id: requests.id }),
  );
  await ringBell(tx, "requests");
  return request.id;
}
