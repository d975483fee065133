import { z } from "zod";
import { insertTasks, listRunsWithTask, listSameTasks, lockAssignment, noteOnTasks } from "#db/queries/tasks";
import { addDays } from "#lib/calendar";
import { groupBy } from "#lib/group-by";
import { defineAction, done, skipped } from "../define.ts";
import { choice } from "../fields.ts";
import { chooseAssignees, type WantedTask } from "./choose-assignees.ts";
import { fillTexts } from "./fill-texts.ts";

/** Good for members without a name, too. */
const defaultDescription =
  'Follow up with {{ member_first_name | append: " " | append: member_last_name | strip | default: member_email | default: "a member without a name" }}';

export const assignTaskToStaff = defineAction({
  type: "assign_task_to_staff",
  label: "Give staff a task",
  help: "Somebody of the team is asked to do something for the member.",
  params: z
    .object({
      description: z.string().trim().max(2000).nullish().meta({
        label: "What to do",
        help: "Left empty: “Follow up with” and the member's name.",
        holdsPlaceholders: true,
      }),
      assignee_rule: choice({
        member_primary_trainer: "The member's own trainer",
        specific_staff_id: "One person",
        round_robin: "Whose turn it is",
      })
        .default("member_primary_trainer")
        .meta({ label: "Who", help: "Whoever is away or has left is passed over." }),
      staff_id: z.int().positive().nullish().meta({ label: "Person", pick: "staff" }),
      due_date_offset_days: z.int().min(0).max(365).default(3).meta({ label: "Due after", unit: "days" }),
      priority: choice({ low: "Low", medium: "Medium", high: "High" }).default("medium").meta({ label: "Priority" }),
    })
    .refine(({ assignee_rule, staff_id }) => assignee_rule !== "specific_staff_id" || staff_id != null, {
      path: ["staff_id"],
      error: "Choose the person who gets the task",
    }),

  async execute(batch, { description, assignee_rule, staff_id, due_date_offset_days, priority }, context) {
    const { tx, clock, workflowId, stepId } = context;
    await lockAssignment(tx);
    const runIds = batch.map(({ runId }) => runId);
    const answered = await listRunsWithTask(tx, stepId, runIds);
    const open = batch.filter(({ runId }) => !answered.has(runId));
    const source = description || defaultDescription;
    const { ready, failures } = await fillTexts(open, { source, reader: "staff" }, context);

    const alike = [...groupBy(ready, keyOf).values()];
    const firsts = alike.flatMap((group) => group.slice(0, 1));
    const twins = alike.flatMap((group) => group.slice(1));
    const rule = { rule: assignee_rule, staffId: staff_id ?? null };
    const { fresh, same, nobody } = await chooseAssignees(firsts, rule, context);
    await insertTasks(tx, {
      stepId,
      tasks: fresh.map(({ text, ...task }) => ({ ...task, description: text })),
      priority,
      dueDate: addDays(clock.today, due_date_offset_days),
      createdAt: clock.now,
    });
    const sought = twins.map(({ memberId, text }) => ({ memberId, description: text, assigneeId: null }));
    const twinned = await listSameTasks(tx, sought, { workflowId, stepId });
    await noteOnTasks(tx, [...same, ...twinned.filter((id) => id !== null)], workflowId, clock.today);

    const without = new Set(nobody.map(keyOf));
    return [
      ...batch.filter(({ runId }) => answered.has(runId)).map(done),
      ...failures,
      ...ready.map((target) => (without.has(keyOf(target)) ? skipped(target, "no_assignee") : done(target))),
    ];
  },
});

/** A member is asked about once in one batch with one text. */
const keyOf = ({ memberId, text }: WantedTask) => `${memberId} ${text}`;
