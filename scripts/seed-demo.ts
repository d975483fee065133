import { inArray, sql } from "drizzle-orm";
import { type Db, withTransaction } from "#db/client";
import { automationWorkflows } from "#db/schema/index";
import { type History, seedDemoGym } from "#db/seed/demo-gym/index";
import { stopRuns } from "#engine/end-stopped";
import { runDueSteps } from "#engine/run-due-steps";
import { sweepIfDue } from "#engine/sweep";
import { switchOn } from "#engine/switching";
import { deliverDue } from "#messaging/deliver";
import type { MessageLinks } from "#messaging/fill-messages";
import { createTextFiller } from "#messaging/fill-texts";
import { createOutbox } from "#messaging/providers/outbox";
import { loadStarters } from "./load-starters.ts";
import { seedSignIns } from "./seed-sign-ins.ts";

/** The others are left off: a newcomer has some to switch on. */
const switchedOn = ["Has not come for three weeks", "Membership is about to end"];

/** Fills an empty database with the demo gym, its past, and its three sign-ins: all of it or nothing. */
export async function seedDemo(db: Db, now: Date, links: MessageLinks): Promise<void> {
  await withTransaction(db, async (tx) => {
    await seedDemoGym(tx, now, createHistory(links));
    await seedSignIns(tx);
  });
}

/** The gym's past as the real engine goes through it; its mail lies in the outbox. */
function createHistory(links: MessageLinks): History {
  const providers = { email: createOutbox("email"), sms: createOutbox("sms") };
  return {
    async begin(db, clock) {
      await loadStarters(db, clock);
      await db.update(automationWorkflows).set({ createdAt: clock.now });
      const workflows = await db
        .select({ id: automationWorkflows.id })
        .from(automationWorkflows)
        .where(inArray(automationWorkflows.name, switchedOn))
        .orderBy(automationWorkflows.id);
      for (const { id } of workflows) {
        await switchOn(db, { workflowId: id, includeCurrent: false, actorId: null }, clock);
      }
    },
    async live(db, clock) {
      await sweepIfDue(db, clock);
      const due = await db.execute(sql`select 1 from workflow_runs where due_at <= ${clock.now}::timestamptz limit 1`);
      if (due.rows.length > 0) {
        await runDueSteps(db, () => clock, { fillText: createTextFiller(links) });
      }
      const { rows } = await db.execute(sql`select 1 from communication_logs where due_at is not null limit 1`);
      if (rows.length > 0) {
        await deliverDue(db, () => clock, { ...providers, stopRuns, links });
      }
    },
  };
}
