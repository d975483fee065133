import { sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import { AppError } from "#lib/errors";

/**
 * Until the transaction ends nothing starts, and no step of the members' is executed: whoever starts runs holds the
 * workflow first, whoever executes steps takes the runs in the order of their ids.
 */
export async function lockRuns(tx: Tx, memberIds: number[]): Promise<void> {
  await tx.execute(sql`select from automation_workflows where archived_at is null order by id for no key update`);
  await tx.execute(sql`
    select from workflow_runs where member_id = any(${sql.param(memberIds)}::bigint[]) and ended_at is null
    order by id for no key update`);
}

/**
 * All messages of those in `all`, and of those in `owed` what is not settled yet. Who delivers holds several in no order of
 * their own: nobody here waits for one.
 * @throws AppError when one of them is being written in this moment.
 */
export async function lockMessages(tx: Tx, { all, owed = [] }: { all: number[]; owed?: number[] }): Promise<void> {
  const { rows } = await tx.execute<{ isBusy: boolean }>(sql`
    with theirs as (
      select id from communication_logs
      where member_id = any(${sql.param(all)}::bigint[]) or (member_id = any(${sql.param(owed)}::bigint[]) and due_at is not null)
    ),
    locked as (select id from communication_logs where id in (select id from theirs) for no key update skip locked)
    select (select count(*) from theirs) > (select count(*) from locked) as "isBusy"`);
  if (rows[0]?.isBusy) {
    throw new AppError(
      "conflict",
      "A message to this member is being delivered in this moment. Try again in a moment.",
    );
  }
}
