import type { DashboardTask } from "#components/dashboard/dashboard-data";
import type { Db } from "#db/client";
import { listOpenTasks } from "#db/queries/dashboard-attention";
import { relativeDay } from "#lib/format-time";

type Tasks = { total: number; tasks: DashboardTask[] };

/** One's own open tasks. Of the member the name is told, and no way to the rest: that is the admins'. */
export async function readOwnTasks(db: Db, userId: number, today: string): Promise<Tasks> {
  const { total, tasks } = await listOpenTasks(db, { assigneeId: userId, limit: 10 });
  return {
    total,
    tasks: tasks.map(({ id, description, member, dueDate }) => ({
      ...{ id, description, href: null },
      about: member && !description.includes(member) ? `About ${member}` : null,
      ...tellDue(dueDate, today),
    })),
  };
}

/** The tasks that are overdue, whoever has them. */
export async function readOverdueTasks(db: Db, today: string): Promise<Tasks> {
  const { total, tasks } = await listOpenTasks(db, { dueBefore: today, limit: 5 });
  return {
    total,
    tasks: tasks.map(({ id, description, assignee, memberId, dueDate }) => ({
      ...{ id, description, about: assignee, href: memberId === null ? null : `/admin/members/${memberId}` },
      ...tellDue(dueDate, today),
    })),
  };
}

function tellDue(dueDate: string | null, today: string) {
  const isOverdue = dueDate !== null && dueDate < today;
  return {
    isOverdue,
    due: dueDate === null ? "No date" : `${isOverdue ? "Was due" : "Due"} ${relativeDay(dueDate, today)}`,
  };
}
