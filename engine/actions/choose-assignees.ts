import {
  findDefaultAssignee,
  listAvailableStaff,
  listAvailableTrainers,
  listSameTasks,
  listTurns,
} from "#db/queries/tasks";
import type { ActionContext, Target } from "../define.ts";

export type WantedTask = Target & { text: string };

export type AssigneeRule = {
  rule: "member_primary_trainer" | "specific_staff_id" | "round_robin";
  staffId: number | null;
};

type Choice = {
  /** Tasks to be written, one per member and text, each with who gets it. */
  fresh: (WantedTask & { assigneeId: number })[];
  /** Open tasks that say the same already. */
  same: number[];
  nobody: WantedTask[];
};

/** What becomes of each wanted task. The caller holds the assignment's lock and brings one per member and text. */
export async function chooseAssignees(
  wanted: WantedTask[],
  { rule, staffId }: AssigneeRule,
  { tx, clock, workflowId, stepId }: ActionContext,
): Promise<Choice> {
  const place = { workflowId, stepId };
  const told = await listSameTasks(tx, wanted.map(toSought), place);
  const untold = wanted.filter((_, index) => told[index] === null);

  const byRule = await applyRule();
  const fallback = byRule.includes(null) ? await findDefaultAssignee(tx, clock.today) : null;
  const chosen = untold.map((task, index) => ({ ...task, assigneeId: byRule[index] ?? fallback }));
  const had = await listSameTasks(tx, chosen.map(toSought), place);

  const choice: Choice = { fresh: [], same: [...told, ...had].filter((id) => id !== null), nobody: [] };
  for (const [index, { assigneeId, ...task }] of chosen.entries()) {
    if (assigneeId === null) {
      choice.nobody.push(task);
    } else if (had[index] === null) {
      choice.fresh.push({ ...task, assigneeId });
    }
  }
  return choice;

  /** An assignee for each untold task; null where the rule finds nobody. */
  async function applyRule(): Promise<(number | null)[]> {
    if (rule === "round_robin") {
      const turns = await listTurns(tx, untold.length, clock.today);
      return untold.map((_, index) => turns[index] ?? null);
    }
    if (rule === "specific_staff_id") {
      const staffIds = staffId === null ? [] : [staffId];
      const [available = null] = await listAvailableStaff(tx, staffIds, clock.today);
      return untold.map(() => available);
    }
    const memberIds = untold.map(({ memberId }) => memberId);
    const trainers = await listAvailableTrainers(tx, memberIds, clock.today);
    return memberIds.map((memberId) => trainers.get(memberId) ?? null);
  }
}

const toSought = ({ memberId, text, assigneeId = null }: WantedTask & { assigneeId?: number | null }) => ({
  memberId,
  description: text,
  assigneeId,
});
