import { sql } from "drizzle-orm";
import { type Db, withTransaction } from "#db/client";
import { recordVisits } from "#db/queries/visits";
import { readClock } from "#engine/clock";
import { requestRunNow, switchOn } from "#engine/switching";
import { createMember, createTemplate, createWorkflow } from "../support/factories.ts";

/** The steps of the one workflow, in the order in which a run comes by them. `side` is where only some come by. */
export const way: { id: number; kind: string; side?: "then" | "else" }[] = [
  { id: 1, kind: "send_in_app_notification" },
  { id: 2, kind: "send_email" },
  { id: 3, kind: "wait" },
  { id: 4, kind: "branch" },
  { id: 5, kind: "add_tag", side: "then" },
  { id: 6, kind: "grant_credits", side: "then" },
  { id: 7, kind: "add_tag", side: "else" },
  { id: 8, kind: "wait", side: "else" },
  { id: 9, kind: "grant_credits", side: "else" },
  { id: 10, kind: "send_sms" },
  { id: 11, kind: "offer_discount" },
  { id: 12, kind: "assign_task_to_staff" },
  { id: 13, kind: "remove_tag" },
];

/** Credits by step, and how long the waits are, in seconds of the gym's clock. */
export const amounts = { 6: 5, 9: 2.5 } as const;
export const waitSeconds = 60;

export const emailOf = (number: number) => `m${number}@example.com`;
export const phoneOf = (number: number) => `+${41_790_000_000 + number}`;
export const numberOf = (recipient: string) =>
  recipient.startsWith("+") ? Number(recipient.slice(1)) - 41_790_000_000 : Number(recipient.slice(1).split("@")[0]);
/** Every second member goes the branch's one way; of either, every tenth comes to train while the run goes on. */
export const sideOf = (number: number) => (number % 2 === 1 ? "then" : "else");
export const isVisitor = (number: number) => [7, 10].includes(number % 20);

/** A workflow of every kind of step, switched on before anybody is there whom it could match. */
export async function openGym(db: Db): Promise<{ workflowId: number }> {
  // Its clock runs fast, and no night is to come in between.
  await db.execute(sql`update gym_settings set quiet_hours_start = '00:00', quiet_hours_end = '00:00'`);
  const templates = {
    email: await createTemplate(db),
    inApp: await createTemplate(db, { channel: "in_app" }),
    sms: await createTemplate(db, {
      channel: "sms",
      class: "service",
      bodyText: "{{ member_first_name }}, come back!",
    }),
  };
  // Without an address: in the morning a digest would go there, which is nobody's step.
  await createMember(db, { role: "staff", firstName: "Trainer", email: null });
  const act = (id: number, type: string, params: object = {}) => ({ id, action: { type, params } });
  const wait = (id: number) => ({ id, wait: { minutes: waitSeconds / 60 } });
  const { id: workflowId } = await createWorkflow(db, {
    isEnabled: false,
    steps: [
      act(1, "send_in_app_notification", { template_id: templates.inApp.id }),
      act(2, "send_email", { template_id: templates.email.id }),
      wait(3),
      {
        id: 4,
        branch: {
          if: { type: "has_tag", params: { tag: "vip" } },
          then: [act(5, "add_tag", { tag: "then" }), act(6, "grant_credits", { amount: amounts[6] })],
          else: [act(7, "add_tag", { tag: "else" }), wait(8), act(9, "grant_credits", { amount: amounts[9] })],
        },
      },
      act(10, "send_sms", { template_id: templates.sms.id }),
      act(11, "offer_discount", { offer_code: "COMEBACK", description: "Come back, {{ member_first_name }}" }),
      act(12, "assign_task_to_staff"),
      act(13, "remove_tag", { tag: "away" }),
    ],
    exitWhen: [{ type: "visited_since_start", params: {} }],
  });
  await switchOn(db, { workflowId, includeCurrent: false, actorId: null }, await readClock(db));
  return { workflowId };
}

/** The members `from` … `to`, who were not here for long, and an admin's "run now". Said twice, they come once. */
export async function arrive(db: Db, workflowId: number, from: number, to: number): Promise<void> {
  await withTransaction(db, async (tx) => {
    await tx.execute(sql`
      with arrived as (
        insert into users (first_name, email, phone, join_date, primary_trainer_id)
        select 'M' || n, 'm' || n || '@example.com', '+' || (41790000000 + n)::text, '2020-01-01',
               (select min(id) from users where role = 'staff')
        from generate_series(${from}::int, ${to}::int) n
        where not exists (select from users u where u.email = 'm' || n || '@example.com')
        returning id, substr(first_name, 2)::int as number
      ),
      agreed as (
        insert into consent_events (member_id, channel, class, is_granted, source)
        select id, 'email', 'marketing', true, 'test' from arrived
      )
      insert into member_tags (member_id, tag)
      select id, 'away' from arrived union all select id, 'vip' from arrived where number % 2 = 1`);
    await requestRunNow(tx, { workflowId, actorId: null });
  });
}

/** Those of the members up to `upTo` who come to train while their run goes on do so now, unless they have already. */
export async function train(db: Db, upTo: number): Promise<void> {
  const numbers = Array.from({ length: upTo }, (_, index) => index + 1).filter(isVisitor);
  const { rows } = await db.execute<{ id: number }>(sql`
    select u.id from users u join workflow_runs r on r.member_id = u.id
    where u.email = any(${sql.param(numbers.map(emailOf))}::text[])
      and not exists (select from member_stats s where s.member_id = u.id and s.visits_total > 0)`);
  const clock = await readClock(db);
  const visits = rows.map(({ id }) => ({ memberId: id, visitedAt: clock.now, kind: "checkin" as const }));
  await recordVisits(db, visits, clock);
}
