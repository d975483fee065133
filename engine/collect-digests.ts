import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import { memberName } from "#db/queries/logs";
import { memberFacts as m, staffTasks, users } from "#db/schema/index";
import type { Clock } from "#lib/clock";
import { groupBy } from "#lib/group-by";
import type { Digest, DueTask, Listed, MemberAtRisk, MemberBirthday } from "#lib/staff-digest";
import { audienceQuery } from "./audience.ts";
import { triggers } from "./triggers/index.ts";

type Contents = Pick<Digest, "tasks" | "atRisk" | "birthdays">;

/** Of each list at most; of the rest the digest says how many there are. */
const listedAtMost = 10;

const none = { count: 0, items: [] };

/**
 * What each of these people should know today: their tasks that are due, and of the members whose trainer they are those at
 * risk and those with a birthday. At risk, and whose birthday it is, the triggers say with what they ask unless told otherwise.
 * Who has nothing is not in the answer.
 */
export async function collectDigests(tx: Tx, userIds: number[], clock: Clock): Promise<Map<number, Contents>> {
  if (userIds.length === 0) {
    return new Map();
  }
  const staff = sql`${sql.param(userIds)}::bigint[]`;
  const { rows } = await tx.execute<Row>(sql`
    with ${itemsOf(staff, clock)}
    select user_id as "userId", kind, count(*)::int as count,
           jsonb_agg(item order by place) filter (where place <= ${listedAtMost}) as items
    from items group by user_id, kind`);
  return new Map(
    Array.from(
      groupBy(rows, ({ userId }) => userId),
      ([userId, lists]) => [userId, toContents(lists)],
    ),
  );
}

type Row = { userId: number } & (
  | ({ kind: "tasks" } & Listed<DueTask>)
  | ({ kind: "atRisk" } & Listed<MemberAtRisk>)
  | ({ kind: "birthdays" } & Listed<MemberBirthday>)
);

const toContents = (lists: Row[]): Contents => ({
  tasks: none,
  atRisk: none,
  birthdays: none,
  ...Object.fromEntries(lists.map(({ kind, count, items }) => [kind, { count, items }])),
});

const theMember = sql`jsonb_build_object('id', ${users.id}, 'name', ${memberName})`;
const theirTrainer = sql`${users.primaryTrainerId}`;
const placeAmongTheirs = (order: SQL) =>
  sql`row_number() over (partition by ${theirTrainer} order by ${order}, ${users.id})`;

/** Selects what is told of whom: `user_id, kind, place, item`, the most urgent first. */
function itemsOf(staff: SQL, clock: Clock): SQL {
  const { today } = clock;
  const isTheirs = sql`${m.memberId} in (select id from ${users} where ${users.primaryTrainerId} = any(${staff}))`;
  const audienceOf = (type: string) =>
    audienceQuery(triggers.schema.parse({ type }), clock, isTheirs, { first: today, last: today });
  const [scored, silent, celebrating] = [
    audienceOf("high_retention_risk"),
    audienceOf("low_engagement"),
    audienceOf("birthday"),
  ];
  return sql`
    at_risk as (
      select member_id, bool_or(is_scored) as is_scored, bool_or(is_silent) as is_silent
      from (select member_id, true as is_scored, false as is_silent from (${scored.members}) scored
            union all select member_id, false, true from (${silent.members}) silent) found
      group by member_id
    ),
    items as (
      select t.assignee_id as user_id, 'tasks' as kind,
             jsonb_build_object('description', t.description, 'dueOn', t.due_date, 'priority', t.priority,
                                'member', case when ${users.id} is not null then ${theMember} end) as item,
             row_number() over (partition by t.assignee_id
                                order by t.due_date, array_position('{high,medium,low}'::text[], t.priority), t.id) as place
      from ${staffTasks} t left join ${users} on ${users.id} = t.related_member_id
      where t.assignee_id = any(${staff}) and t.status in ('pending', 'in_progress') and t.due_date <= ${today}::date
        and ${users.erasedAt} is null
      union all
      select ${theirTrainer}, 'atRisk',
             jsonb_build_object('member', ${theMember}, 'score', case when is_scored then ${scored.facts} end,
                                'silence', case when is_silent then ${silent.facts} end),
             ${placeAmongTheirs(sql`case when is_scored then ${m.riskScore} end desc nulls last, ${m.lastActivityOn}`)}
      from at_risk join ${m} on ${m.memberId} = at_risk.member_id join ${users} on ${users.id} = at_risk.member_id
      union all
      select ${theirTrainer}, 'birthdays',
             jsonb_build_object('member', ${theMember}, 'age', (${celebrating.facts} ->> 'age')::int),
             ${placeAmongTheirs(memberName)}
      from (${celebrating.members}) celebrating join ${m} on ${m.memberId} = celebrating.member_id
      join ${users} on ${users.id} = celebrating.member_id
    )`;
}
