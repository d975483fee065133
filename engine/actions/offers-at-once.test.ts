import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { withTransaction } from "#db/client";
import { memberOffers, offerCodes } from "#db/schema/index";
import { act, startRuns } from "../../test/support/act.ts";
import { test } from "../../test/support/database.ts";
import { clockAt, createMember, createWorkflow } from "../../test/support/factories.ts";

const clock = clockAt("2026-11-22");
const step = (offer_code: string, workflowId: number) => ({
  type: "offer_discount",
  params: { offer_code },
  workflowId,
  clock,
});

test("E84: two workflows at once give one offer", async ({ database: { db } }) => {
  const memberIds: number[] = [];
  for (let number = 0; number < 50; number++) {
    memberIds.push((await createMember(db)).id);
  }
  const workflows = await Promise.all([1, 2, 3, 4].map(() => createWorkflow(db)));
  const outcomes = await Promise.all(
    workflows.map(({ id }) =>
      withTransaction(db, async (tx) => act(tx, await startRuns(tx, id, memberIds, clock), step("ONCE", id))),
    ),
  );
  expect(outcomes.flat().filter(({ outcome }) => outcome === "done")).toHaveLength(50);
  expect(outcomes.flat().filter(({ outcome }) => outcome === "skipped")).toHaveLength(150);
  expect(await db.select().from(memberOffers).where(eq(memberOffers.offerCode, "ONCE"))).toHaveLength(50);
});

test("E83: 500 who ask at once for 100 codes get exactly 100", async ({ database: { db } }) => {
  await db.insert(offerCodes).values({ code: "FEW", remaining: 100 });
  const { rows } = await db.execute<{ id: number }>(sql`
    insert into users (first_name, join_date) select 'M', '2020-01-01' from generate_series(1, 500) returning id`);
  const { id } = await createWorkflow(db);
  const batch = await startRuns(
    db,
    id,
    rows.map((row) => row.id),
    clock,
  );
  const shares = Array.from({ length: 50 }, (_, share) => batch.slice(share * 10, share * 10 + 10));
  const outcomes = await Promise.all(
    shares.map((share) => withTransaction(db, (tx) => act(tx, share, step("few", id)))),
  );
  expect(outcomes.flat().filter(({ outcome }) => outcome === "done")).toHaveLength(100);
  expect(outcomes.flat().filter((one) => one.outcome === "failed" && /used up/.test(one.error))).toHaveLength(400);
  expect(await db.select().from(memberOffers).where(eq(memberOffers.offerCode, "FEW"))).toHaveLength(100);
  expect(await db.select().from(offerCodes).where(eq(offerCodes.code, "FEW"))).toMatchObject([{ remaining: 0 }]);
});
