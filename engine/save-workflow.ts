import { eq } from "drizzle-orm";
import { type Db, type Tx, withTransaction } from "#db/client";
import { isUniqueViolation } from "#db/errors";
import { insertAuditEvent } from "#db/queries/audit";
import { findLastEditor, type StoredWorkflow } from "#db/queries/workflows";
import { automationWorkflows } from "#db/schema/index";
import { AppError } from "#lib/errors";
import { one } from "#lib/rows";
import { forgetBaseline, writeBaseline } from "./baseline.ts";
import type { Clock } from "./define.ts";
import { type Definition, locate, type StoredDefinition } from "./definition.ts";
import { checkFields } from "./describe-problem.ts";
import { header } from "./header.ts";
import { inspectJson } from "./readable.ts";
import { findProblems } from "./references.ts";
import { fieldsOf, requireWorkflow } from "./require-workflow.ts";
import { requestSweep } from "./switching.ts";
import { tellEdit } from "./tell-edit.ts";
import { triggers } from "./triggers/index.ts";

export type WorkflowInput = StoredDefinition & {
  /** Left out: a new workflow, switched off. */
  id?: number;
  name: string;
  description?: string;
  cooldownPeriodDays?: number;
  /** The revision that the editor started from; another one since is a conflict. */
  revision?: number;
  /** When the trigger of a live workflow changes: also those who match it now, not only from now on. */
  includeCurrent?: boolean;
  /** The admin's `users.id`; null on the command line. */
  actorId: number | null;
};

/**
 * Creates a workflow, or changes one. Runs that are going finish on the version they started on. A live workflow whose
 * trigger changes gets a new baseline.
 * @throws AppError `invalid` with all problems at once, by field; `conflict` when the name is taken or somebody else saved
 * since. Nothing changes then.
 */
export async function saveWorkflow(db: Db, input: WorkflowInput, clock: Clock) {
  const { head, definition } = await check(db, input);
  return withTransaction(db, async (tx) => {
    const before = input.id === undefined ? null : await requireWorkflow(tx, input.id);
    if (before && input.revision !== undefined && input.revision !== before.revision) {
      throw new AppError("conflict", await describeConflict(tx, before, clock));
    }
    const { trigger, steps, context, exitWhen } = input;
    const values = { ...head, trigger, steps, context, exitWhen, ...stampEdit(clock, input.actorId) };
    const saved = await write(tx, before, values, head.name);
    await insertAuditEvent(tx, {
      actorId: input.actorId,
      action: before ? "workflow.edited" : "workflow.created",
      subjectType: "workflow",
      subjectId: saved.id,
      before: before ? pickAudited(before) : null,
      after: pickAudited(values),
    });
    const requestId = before ? await rebase(tx, before, definition, input, clock) : null;
    return { ...saved, requestId };
  });
}

async function check(db: Db, input: WorkflowInput) {
  const { data: head, faults } = checkFields(header, input);
  const { definition, problems } = await findProblems(db, input);
  if (!head || !definition) {
    const all = [...faults.map((fault) => locate(fault, input)), ...problems];
    throw new AppError("invalid", "The workflow was not saved. Correct what is marked.", fieldsOf(all));
  }
  return { head, definition };
}

type Values = Partial<typeof automationWorkflows.$inferInsert> & { name: string; trigger: unknown; steps: unknown };

async function write(tx: Tx, before: StoredWorkflow | null, values: Values, name: string) {
  try {
    const rows = before
      ? await tx
          .update(automationWorkflows)
          .set({ ...values, revision: before.revision + 1 })
          .where(eq(automationWorkflows.id, before.id))
          .returning({ id: automationWorkflows.id, revision: automationWorkflows.revision })
      : await tx
          .insert(automationWorkflows)
          .values(values)
          .returning({ id: automationWorkflows.id, revision: automationWorkflows.revision });
    return one(rows);
  } catch (error) {
    if (isUniqueViolation(error, "automation_workflows_name")) {
      throw new AppError("conflict", `There is a workflow called "${name}" already.`, { name: "Choose another name" });
    }
    throw error;
  }
}

/** A live workflow that asks for others than before treats them as if it were switched on for them now. */
async function rebase(tx: Tx, before: StoredWorkflow, { trigger }: Definition, input: WorkflowInput, clock: Clock) {
  // Of the trigger alone: what else was wrong with the workflow is no reason to leave out whom it matches now.
  const { data } = inspectJson({ trigger: before.trigger }).isReadable
    ? triggers.check(before.trigger)
    : { data: null };
  const isSame = isEqualJson(data, trigger);
  if (!before.isEnabled || isSame) {
    return null;
  }
  if (input.includeCurrent) {
    await forgetBaseline(tx, before.id);
    return requestSweep(tx, before.id, input.actorId);
  }
  await writeBaseline(tx, before.id, trigger, clock);
  return null;
}

const isEqualJson = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** What was stored by other means may be too deep to be written out again. */
const pickAudited = ({ name, trigger, steps }: Values | StoredWorkflow) =>
  inspectJson({ trigger, steps }).isReadable ? { name, trigger, steps } : { name };

const stampEdit = ({ now }: Clock, actorId: number | null) => ({
  updatedAt: now,
  updatedBy: actorId,
  revisedAt: now,
  revisedBy: actorId,
});

async function describeConflict(tx: Tx, { id, name }: StoredWorkflow, clock: Clock) {
  const told = tellEdit(name, await findLastEditor(tx, id), clock);
  return `${told} Your text is kept: reload to see theirs, then save yours again.`;
}
