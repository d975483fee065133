import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { withTransaction } from "#db/client";
import { communicationLogs } from "#db/schema/index";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../test/support/factories.ts";
import { until } from "../test/support/until.ts";
import { archiveWorkflow } from "./archive-workflow.ts";
import { claimRuns } from "./claim.ts";
import { executeClaim } from "./execute.ts";
import { sweep } from "./sweep.ts";

const clock = clockAt("2026-11-22");

test("what a step queues while its workflow is being deleted is cancelled, too", async ({ database: { db } }) => {
  await createMember(db, { visits: ["2026-01-01"] });
  const template = await createTemplate(db);
  const { id: workflowId } = await createWorkflow(db, {
    steps: [{ id: 1, action: { type: "send_email", params: { template_id: template.id } } }],
  });
  await sweep(db, clock);
  const claim = await claimRuns(db, clock);
  let archived: Promise<unknown> | undefined;
  await withTransaction(db, async (tx) => {
    await (claim && executeClaim(tx, claim, clock));
    archived = archiveWorkflow(db, { workflowId, actorId: null }, clock);
    const waiting = sql`
      select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await until(
      async () => (await db.execute<{ count: number }>(waiting)).rows[0]?.count ?? 0,
      (count) => count > 0,
    );
  });
  await archived;
  expect(await db.select().from(communicationLogs)).toMatchObject([
    { status: "cancelled", reason: "workflow_deleted" },
  ]);
});
