import { expect } from "vitest";
import { addDays } from "#lib/calendar";
import { test } from "../../test/support/database.ts";
import { type Config, createSomeone, findMatches, type Someone, usualDay } from "../../test/support/trigger-table.ts";
import type { Trigger } from "../define.ts";
import { triggers } from "./index.ts";

const everyWeek = Array.from({ length: 8 }, (_, week) => addDays("2026-11-08", -7 * week));
const joinedToday = { type: "new_member_welcome", params: { days_since_join: 0 } };

/** One member whom each trigger matches on the tables' day. A trigger without one fails below. */
const examples: Record<string, { config: Config; someone: Someone }> = {
  birthday: { config: { type: "birthday", params: {} }, someone: { birthDate: "1990-11-22" } },
  first_visit: { config: { type: "first_visit", params: {} }, someone: { visits: [usualDay] } },
  habit_drop: { config: { type: "habit_drop", params: {} }, someone: { visits: everyWeek } },
  high_retention_risk: {
    config: { type: "high_retention_risk", params: {} },
    someone: { risk: [{ score: 0.9, scoredAt: "2026-11-22T00:00:00Z" }] },
  },
  low_engagement: { config: { type: "low_engagement", params: {} }, someone: {} },
  manual: { config: { type: "manual", params: {} }, someone: {} },
  membership_expired: { config: { type: "membership_expired", params: {} }, someone: { expiresOn: "2026-11-15" } },
  membership_expiry_upcoming: {
    config: { type: "membership_expiry_upcoming", params: {} },
    someone: { expiresOn: "2026-11-30" },
  },
  milestone_achieved: {
    config: { type: "milestone_achieved", params: { type: "classes_attended", value: 8 } },
    someone: { visits: everyWeek },
  },
  new_member_welcome: { config: joinedToday, someone: { joinDate: usualDay } },
  no_first_visit: { config: { type: "no_first_visit", params: {} }, someone: { joinDate: "2026-11-08" } },
  tag_added: {
    config: { type: "tag_added", params: { tag: "vip" } },
    someone: { tags: [{ tag: "vip", createdAt: "2026-11-22T01:00:00Z" }] },
  },
};

const always = {
  "is erased": { erasedAt: new Date("2026-11-20T12:00:00Z") },
  "paused until today, by themselves": { pausedUntil: usualDay },
  "E39: is staff": { role: "staff" },
  "E39: is an admin": { role: "admin" },
} satisfies Record<string, Someone>;

/** Who is in no trigger's audience, whatever else is true of them. */
const outside = {
  active: {
    ...always,
    "E38: is frozen": { status: "frozen" },
    "has cancelled": { status: "cancelled" },
    "joins tomorrow": { joinDate: "2026-11-23" },
    "has a membership that ended yesterday": { membershipEndsOn: "2026-11-21" },
  },
  former: { ...always, "never ends": { membershipEndsOn: null }, "still is a member": { membershipEndsOn: usualDay } },
} satisfies Record<string, Record<string, Someone>>;

test("every trigger has an example", () => {
  expect(Object.keys(examples).sort()).toEqual(triggers.entries.map(({ type }) => type).sort());
});

for (const [type, { config, someone }] of Object.entries(examples)) {
  const { audience = "active", ...trigger }: Trigger = triggers.get(type);

  test(`${type} matches its example and tells the facts it promises`, async ({ tx }) => {
    await createSomeone(tx, someone);
    const [match] = await findMatches(tx, config);
    expect(Object.keys(match?.facts ?? {}).sort()).toEqual(Object.keys(trigger.facts).sort());
    expect(match).toBeDefined();
  });

  test.for(Object.entries<Someone>(outside[audience]))(`${type} never matches who %s`, async ([, change], { tx }) => {
    await createSomeone(tx, { ...someone, ...change });
    expect(await findMatches(tx, config)).toEqual([]);
  });

  test(`${type} matches who paused until yesterday`, async ({ tx }) => {
    const memberId = await createSomeone(tx, { ...someone, pausedUntil: "2026-11-21" });
    expect(await findMatches(tx, config)).toMatchObject([{ memberId }]);
  });

  test(`${type} ends the sentence that begins "When a member …"`, () => {
    const { params } = triggers.schema.parse(config);
    expect(trigger.summarize(params)).toMatch(/^(is|has|joins|joined|comes)( .*[^. ])?$/);
  });
}

const refused: [name: string, Config, path: string[]][] = [
  ["B3: an unknown type", { type: "full_moon", params: {} }, ["type"]],
  ...[-1, 0, 1.5, "30 days", 1e9, null].map((value): [string, Config, string[]] => [
    `B4: ${value} days of silence`,
    { type: "low_engagement", params: { inactive_days: value } },
    ["params.inactive_days"],
  ]),
  ...[1.2, -0.1, "0,7", Number.NaN].map((value): [string, Config, string[]] => [
    `B5: a threshold of ${value}`,
    { type: "high_retention_risk", params: { risk_score_threshold: value } },
    ["params.risk_score_threshold"],
  ]),
  [
    "B6: more days left than days before, naming both",
    { type: "membership_expiry_upcoming", params: { days_before: 14, min_days_left: 15 } },
    ["params.days_before", "params.min_days_left"],
  ],
  [
    "B7: a milestone of 0",
    { type: "milestone_achieved", params: { type: "classes_attended", value: 0 } },
    ["params.value"],
  ],
  ["B7: a milestone of nothing", { type: "milestone_achieved", params: {} }, ["params.type", "params.value"]],
  [
    "B7: an anniversary that nobody lives to see",
    { type: "milestone_achieved", params: { type: "anniversary", value: 101 } },
    ["params.value"],
  ],
  ["a tag of 51 characters", { type: "tag_added", params: { tag: "x".repeat(51) } }, ["params.tag"]],
  ["an empty tag", { type: "tag_added", params: { tag: "  " } }, ["params.tag"]],
  ["an unknown parameter", { type: "birthday", params: { isAdmin: true } }, ["params.isAdmin"]],
  ["an end that is not over", { type: "membership_expired", params: { days_after: 0 } }, ["params.days_after"]],
];

test.for(refused)("%s is refused", ([, config, paths]) => {
  const { error } = triggers.schema.safeParse(config);
  expect(error?.issues.map(({ path }) => path.join("."))).toEqual(paths);
});
