import { type SQL, sql } from "drizzle-orm";
import { ringBell } from "#db/bells";
import { type Db, type Tx, withTransaction } from "#db/client";
import { insertAuditEvent } from "#db/queries/audit";
import { holdEnabledWorkflow } from "#db/queries/workflows";
import { memberTags, requests } from "#db/schema/index";
import { AppError } from "#lib/errors";
import { one } from "#lib/rows";
import type { Clock, Trigger } from "./define.ts";
import { findProblems } from "./references.ts";
import { requireDefinition, requireWorkflow } from "./require-workflow.ts";
import { judgeStart, startRuns } from "./start-runs.ts";
import { triggers } from "./triggers/index.ts";

/** One member, or all who carry a tag. */
type Whom = { memberId: number | null; tag: string | null };

type Enrolment = Whom & { workflowId: number; actorId: number | null };

/** Asks the worker to start a workflow of the manual kind for somebody. Cooldowns hold as in every sweep. */
export async function requestEnrolment(db: Db, enrolment: Enrolment) {
  return withTransaction(db, async (tx) => {
    await admit(tx, enrolment);
    const { workflowId, memberId, tag, actorId } = enrolment;
    const request = one(
      await tx
        .insert(requests)
        .values({ type: "start", workflowId, memberId, tag, requestedBy: actorId })
        .returning({ id: requests.id }),
    );
    await ringBell(tx, "requests");
    return { requestId: request.id };
  });
}

/**
 * The same at once, for the command line; workers go on from there.
 * @throws AppError, with nothing written, when the workflow needs attention or there is nobody to start it for.
 */
export async function enrolNow(db: Db, enrolment: Enrolment, clock: Clock) {
  return withTransaction(db, async (tx) => {
    await admit(tx, enrolment);
    const { workflowId, memberId, tag } = enrolment;
    const enrolled = await enrol(tx, workflowId, enrolment, clock);
    if (!enrolled) {
      throw new AppError("conflict", `Workflow ${workflowId} was switched off in this moment.`);
    }
    if (enrolled.matched === 0) {
      const whom = memberId === null ? `no member who carries the tag "${tag}"` : `no member ${memberId}`;
      throw new AppError("not_found", `There is ${whom} in the audience of workflow ${workflowId}.`);
    }
    await ringBell(tx, "steps");
    return enrolled;
  });
}

/** @throws AppError when it is not for somebody, or the workflow is none that is started by hand. */
async function admit(tx: Tx, { workflowId, memberId, tag, actorId }: Enrolment) {
  if ((memberId === null) === (tag === null)) {
    throw new AppError("invalid", "Name one member, or one tag.", {
      memberId: "A member or a tag",
      tag: "A member or a tag",
    });
  }
  const workflow = await requireWorkflow(tx, workflowId);
  const definition = await requireDefinition(tx, workflow);
  const trigger: Trigger = triggers.get(definition.trigger.type);
  if (!trigger.isManual) {
    throw new AppError(
      "conflict",
      `"${workflow.name}" starts by itself. Only one that is started by hand takes members.`,
    );
  }
  if (!workflow.isEnabled) {
    throw new AppError("conflict", `"${workflow.name}" is off. Switch it on first.`);
  }
  await insertAuditEvent(tx, {
    actorId,
    action: "workflow.enrolled",
    subjectType: "workflow",
    subjectId: workflowId,
    after: { memberId, tag },
  });
}

/**
 * Starts it for them, in the audience and off their cooldown. Null when the workflow is off.
 * @throws AppError when it needs attention.
 */
export async function enrol(tx: Tx, workflowId: number, { memberId, tag }: Whom, clock: Clock) {
  const workflow = await holdEnabledWorkflow(tx, workflowId);
  if (!workflow) {
    return null;
  }
  const { definition } = await findProblems(tx, workflow);
  if (!definition) {
    throw new AppError("conflict", `"${workflow.name}" needs attention: the list of workflows says why.`);
  }
  const among = (id: SQL) =>
    memberId === null
      ? sql`exists (select from ${memberTags} t where t.member_id = ${id} and t.tag = ${tag})`
      : sql`${id} = ${memberId}`;
  const start = { workflow, definition, clock, among };
  const { matched } = await judgeStart(tx, start, Number.MAX_SAFE_INTEGER);
  const started = await startRuns(tx, start, { origin: "manual", isHeld: false });
  return { matched, started, onCooldown: matched - started };
}
