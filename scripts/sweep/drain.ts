import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { readClock } from "#engine/clock";
import type { Clock } from "#engine/define";
import { stopRuns } from "#engine/end-stopped";
import { handleEvents } from "#engine/handle-events";
import { handleRequests } from "#engine/handle-requests";
import { runDueSteps } from "#engine/run-due-steps";
import type { Env } from "#env";
import { one } from "#lib/rows";
import { deliverDue } from "#messaging/deliver";
import { createTextFiller } from "#messaging/fill-texts";
import { createMessageLinks } from "#messaging/message-links";
import { chooseProviders } from "#messaging/providers/index";

export type Drained = { steps: number; messages: number; waiting: number; failed: number };

/** Does all that is due at the clock's time, here: what steps set off, too, until nothing is left. */
export async function drain(db: Db, clock: Clock, env: Env): Promise<Drained> {
  const newest = await readNewestLog(db);
  const links = createMessageLinks(env);
  const total = { steps: 0, messages: 0, waiting: 0 };
  let failedMessages = 0;
  let isDone = false;
  while (!isDone) {
    const requests = await handleRequests(db, clock);
    const { started } = await handleEvents(db, clock);
    const steps = await runDueSteps(db, () => clock, { fillText: createTextFiller(links) });
    const { messages, waiting, failed } = await deliverDue(db, () => clock, {
      ...chooseProviders(env),
      stopRuns,
      links,
      readAccountClock: () => readClock(db),
    });
    total.steps += steps;
    total.messages += messages;
    total.waiting += waiting;
    failedMessages += failed;
    isDone = requests === 0 && started === 0 && steps === 0;
  }
  return { ...total, failed: failedMessages + (await countFailedSteps(db, newest)) };
}

async function readNewestLog(db: Db): Promise<number> {
  const { rows } = await db.execute<{ id: number }>(sql`select coalesce(max(id), 0) as id from automation_logs`);
  return one(rows).id;
}

/** Those that failed by themselves; a send that failed is counted with the messages. */
async function countFailedSteps(db: Db, above: number): Promise<number> {
  const { rows } = await db.execute<{ failed: number }>(
    sql`select count(*)::int as failed from automation_logs l where l.id > ${above} and l.outcome = 'failed'
      and not exists (select from communication_logs m where m.run_id = l.run_id and m.step_id = l.step_id)`,
  );
  return one(rows).failed;
}
