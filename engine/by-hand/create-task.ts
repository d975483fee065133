import { type Db, withTransaction } from "#db/client";
import { insertAuditEvent } from "#db/queries/audit";
import { findStaffByIds, insertTasks } from "#db/queries/tasks";
import { addDays } from "#lib/calendar";
import { AppError } from "#lib/errors";
import type { Clock } from "../define.ts";
import { holdMember } from "./hold-member.ts";

type Task = {
  memberId: number;
  assigneeId: number;
  description: string;
  priority: "low" | "medium" | "high";
  /** The gym's day. */
  dueOn: string;
  actorId: number;
};

const mostDaysAhead = 365;

/** @throws AppError for the fields `assigneeId` – nobody of the staff, or not any more – and `dueOn`. */
export async function createTaskByHand(db: Db, task: Task, { now, today }: Clock): Promise<void> {
  const { memberId, assigneeId, description, priority, dueOn, actorId } = task;
  if (dueOn < today || dueOn > addDays(today, mostDaysAhead)) {
    throw new AppError("invalid", "Some fields need another look.", { dueOn: "A day from today to a year ahead" });
  }
  return withTransaction(db, async (tx) => {
    await holdMember(tx, memberId);
    const assignee = (await findStaffByIds(tx, [assigneeId])).get(assigneeId);
    if (!assignee || assignee.hasLeft) {
      const refusal = "Choose somebody who works here";
      throw new AppError("invalid", "Some fields need another look.", { assigneeId: refusal });
    }
    const tasks = [{ runId: null, memberId, assigneeId, description }];
    await insertTasks(tx, { stepId: null, tasks, priority, dueDate: dueOn, createdAt: now });
    await insertAuditEvent(tx, {
      ...{ actorId, action: "member.task_created", subjectType: "member", subjectId: memberId },
      after: { assigneeId, description, priority, dueOn },
    });
  });
}
