import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { memberFacts } from "#db/schema/index";
import { test } from "../../test/support/database.ts";
import { clockAt } from "../../test/support/factories.ts";
import { createSomeone, findMatches, testTable } from "../../test/support/trigger-table.ts";
import { audienceQuery } from "../audience.ts";
import type { Trigger } from "../define.ts";
import { triggers } from "./index.ts";

const config = { type: "tag_added", params: { tag: "vip" } };
const tagged = (createdAt: string, tag = "vip") => ({ tags: [{ tag, createdAt }] });

testTable({
  config,
  matches: {
    "names the adding to the microsecond": {
      ...tagged("2026-11-22T01:00:00.123456Z"),
      says: { occurrence: "tag_added:vip:1795309200123456", facts: { tag: "vip" } },
    },
    "two days ago, just after the gym's midnight": tagged("2026-11-19T23:00:00Z"),
    "among other tags": {
      tags: [
        { tag: "new", createdAt: "2026-01-01T12:00:00Z" },
        { tag: "vip", createdAt: "2026-11-21T12:00:00Z" },
      ],
    },
  },
  misses: {
    "three days ago, just before the gym's midnight": tagged("2026-11-19T22:59:59.999Z"),
    tomorrow: tagged("2026-11-22T23:00:00Z"),
    "another tag": tagged("2026-11-22T01:00:00Z", "vip2"),
    "no tag": {},
  },
});

testTable({
  config,
  title: "asked for the missed days",
  days: { first: "2026-11-08", last: "2026-11-19" },
  matches: {
    "the first of them": tagged("2026-11-07T23:00:00Z"),
    "the last of them": tagged("2026-11-19T22:59:00Z"),
  },
  misses: { "a day before": tagged("2026-11-07T22:59:00Z"), "a day after": tagged("2026-11-19T23:00:00Z") },
});

test("a tag that is removed and added again is another happening", async ({ tx }) => {
  const memberId = await createSomeone(tx, tagged("2026-11-21T12:00:00Z"));
  const [first] = await findMatches(tx, config);
  await tx.execute(sql`delete from member_tags where member_id = ${memberId}`);
  expect(await findMatches(tx, config)).toEqual([]);
  await tx.execute(sql`
    insert into member_tags (member_id, tag, created_at) values (${memberId}, 'vip', '2026-11-21T12:00:00.000001Z')`);
  const [second] = await findMatches(tx, config);
  expect(second?.occurrence).toMatch(/^tag_added:vip:\d{16}$/);
  expect(second?.occurrence).not.toBe(first?.occurrence);
});

test("E91: the run whose step added the tag is known, so that a circle of workflows can be stopped", async ({ tx }) => {
  const createdAt = "2026-11-22T01:00:00Z";
  await createSomeone(tx, { tags: [{ tag: "vip", createdAt, runId: 4711 }] });
  await createSomeone(tx, { tags: [{ tag: "vip", createdAt }] });
  const { members, causedBy } = audienceQuery(triggers.schema.parse(config), clockAt("2026-11-22"));
  const { rows } = await tx.execute(sql`
    select (${causedBy})::int as "runId" from (${members}) audience join ${memberFacts} using (member_id)
    order by member_id`);
  expect(rows).toEqual([{ runId: 4711 }, { runId: null }]);
});

test("a tag is answered the moment it is added", () => {
  const { startsOn }: Trigger = triggers.get("tag_added");
  expect(startsOn?.({ tag: "vip" })).toEqual(["tag_added"]);
});

testTable({
  config: { type: "manual", params: {} },
  matches: { "whoever is enrolled": { says: { occurrence: null, facts: {} } } },
  misses: { "whose membership ended": { expiresOn: "2026-11-21" } },
});

test("nobody is enrolled by a sweep", () => {
  expect(triggers.entries.filter(({ isManual }) => isManual).map(({ type }) => type)).toEqual(["manual"]);
});
