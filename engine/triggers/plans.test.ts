import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Tx } from "#db/client";
import { one } from "#lib/rows";
import { test } from "../../test/support/database.ts";
import { clockAt } from "../../test/support/factories.ts";
import { type Config, usualDay } from "../../test/support/trigger-table.ts";
import { audienceQuery } from "../audience.ts";
import { triggers } from "./index.ts";

type Plan = {
  "Index Name"?: string;
  "Relation Name"?: string;
  "Actual Loops": number;
  Plans?: Plan[];
};

/**
 * 20,000 members who joined one after the other, one an hour up to the tables' day; of every 100, 10 came once a week
 * until a month ago, and the others never.
 */
async function createMany(tx: Tx) {
  await tx.execute(sql`
    insert into users (role, join_date, birth_date, membership_ends_on)
    select 'member', ${usualDay}::date - n / 8, date '1990-01-01' - n % 10000, ${usualDay}::date + 3000 - n / 2
    from generate_series(1, 20000) n`);
  await tx.execute(sql`
    insert into visits (member_id, visited_at, visited_on)
    select id, day + time '12:00', day from users,
      (select ${usualDay}::date - 30 - 7 * week as day from generate_series(0, 9) week) days where id % 10 = 0`);
  await tx.execute(sql`
    insert into member_stats (member_id, first_visit_on, last_visit_on, last_visit_at, visits_total)
    select member_id, min(visited_on), max(visited_on), max(visited_at), count(*) from visits group by member_id`);
  await tx.execute(sql`insert into member_tags (member_id, tag) select id, 'tag-' || id % 100 from users`);
  await tx.execute(sql`analyze users, visits, member_stats, member_tags`);
}

/** Every node of the plan with which Postgres found a trigger's audience, after having run it. */
async function explain(tx: Tx, config: Config): Promise<Plan[]> {
  const { members } = audienceQuery(triggers.schema.parse(config), clockAt(usualDay));
  const { rows } = await tx.execute<{ "QUERY PLAN": [{ Plan: Plan }] }>(
    sql`explain (analyze, timing off, format json) ${members}`,
  );
  const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];
  return nodes(one(rows)["QUERY PLAN"][0].Plan);
}

const byIndex: [index: string, Config][] = [
  ["users_birthday", { type: "birthday", params: {} }],
  ["users_joined", { type: "new_member_welcome", params: {} }],
  ["users_joined", { type: "no_first_visit", params: {} }],
  ["users_joined", { type: "milestone_achieved", params: { type: "anniversary", value: 3 } }],
  ["users_membership_end", { type: "membership_expiry_upcoming", params: {} }],
  ["member_tags_tag", { type: "tag_added", params: { tag: "tag-7" } }],
];

test("an index finds the members of a trigger about a day or a tag", async ({ tx }) => {
  await createMany(tx);
  for (const [index, config] of byIndex) {
    const used = (await explain(tx, config)).map((node) => node["Index Name"]);
    expect(used, config.type).toContain(index);
  }
});

/** 2,000 of the 20,000 ever came. */
const readingVisits: [atMost: number, Config][] = [
  [2_000, { type: "habit_drop", params: {} }],
  [2_000, { type: "low_engagement", params: { inactive_days: 30, min_activity_level: "high" } }],
  [0, { type: "low_engagement", params: { inactive_days: 3000, min_activity_level: "high" } }],
  [0, { type: "milestone_achieved", params: { type: "classes_attended", value: 5 } }],
];

test("visits are read only of members whom their stats left over", async ({ tx }) => {
  await createMany(tx);
  for (const [atMost, config] of readingVisits) {
    const reads = (await explain(tx, config)).filter((node) => node["Relation Name"] === "visits");
    expect(reads, config.type).toHaveLength(1);
    expect(reads[0]?.["Actual Loops"], config.type).toBeLessThanOrEqual(atMost);
  }
});

const notReadingVisits: Config[] = [
  ...byIndex.map(([, config]) => config),
  { type: "low_engagement", params: {} },
  { type: "high_retention_risk", params: {} },
  { type: "first_visit", params: {} },
  { type: "membership_expired", params: {} },
];

test("no other trigger reads visits, and every trigger is in one of these tables", async ({ tx }) => {
  await createMany(tx);
  for (const config of notReadingVisits) {
    const reads = (await explain(tx, config)).filter((node) => node["Relation Name"] === "visits");
    expect(reads, config.type).toEqual([]);
  }
  const tested = [...notReadingVisits, ...readingVisits.map(([, config]) => config)].map(({ type }) => type);
  expect(
    triggers.entries
      .map(({ type }) => type)
      .filter((type) => type !== "manual" && !(tested as string[]).includes(type)),
    "needs a row in one of the tables above: found by an index, reads visits, or neither",
  ).toEqual([]);
});
