import type { Tx } from "#db/client";
import { findDefaultAssignee, insertTasks, listAvailableTrainers } from "#db/queries/tasks";
import { gymSettings } from "#db/schema/index";
import { addDays, calendarDay } from "#lib/calendar";
import { groupBy } from "#lib/group-by";
import { one } from "#lib/rows";

export type ReportedMessage = {
  runId: number | null;
  stepId: number | null;
  memberId: number;
  memberName: string;
  subject: string;
};

/** As many days as a workflow's task has, unless it says otherwise. */
const dueAfterDays = 3;

/**
 * Asks somebody to talk to members who reported a message as spam, if the gym wishes it: their trainer, else whom the gym
 * named for what nobody else can take, else nobody. Called once a message; a run's step has one task at most in any case.
 */
export async function askStaff(tx: Tx, reported: ReportedMessage[], now: Date): Promise<void> {
  const gym = one(await tx.select().from(gymSettings));
  if (!gym.complaintTasks || reported.length === 0) {
    return;
  }
  const today = calendarDay(now, gym.timeZone);
  const memberIds = reported.map(({ memberId }) => memberId);
  const trainers = await listAvailableTrainers(tx, memberIds, today);
  const fallback = await findDefaultAssignee(tx, today);
  const tasks = reported.flatMap(({ memberName, subject, ...message }) => {
    const assigneeId = trainers.get(message.memberId) ?? fallback;
    const description = `${memberName} reported “${subject}” as spam and gets no more marketing email. Ask what they would rather hear from the gym.`;
    return assigneeId === null ? [] : [{ ...message, assigneeId, description }];
  });
  for (const [stepId, ofStep] of groupBy(tasks, ({ stepId }) => stepId)) {
    const dueDate = addDays(today, dueAfterDays);
    await insertTasks(tx, { stepId, tasks: ofStep, priority: "medium", dueDate, createdAt: now });
  }
}
