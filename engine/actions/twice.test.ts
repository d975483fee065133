import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Tx } from "#db/client";
import { memberTags } from "#db/schema/index";
import { act, startRuns } from "../../test/support/act.ts";
import { test } from "../../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../../test/support/factories.ts";
import { actions } from "./index.ts";

const clock = clockAt("2026-11-22");

/** Everything that an action may write. */
async function snapshot(tx: Tx) {
  const tables = ["member_tags", "member_events", "staff_tasks", "member_offers", "offer_codes", "credit_entries"];
  const parts = [...tables, "communication_logs", "notifications"].map(
    (table) => sql`select ${table}::text as name, to_jsonb(t) as row from ${sql.identifier(table)} t`,
  );
  const { rows } = await tx.execute(sql`
    select name, row from (${sql.join(parts, sql` union all `)}) as rows order by name, row::text`);
  return rows;
}

const paramsOf: Record<string, Record<string, unknown>> = {
  add_tag: { tag: "new" },
  remove_tag: { tag: "old" },
  assign_task_to_staff: { assignee_rule: "round_robin" },
  offer_discount: { offer_code: "SAVE20" },
  grant_credits: { amount: 5 },
};
const channels: Record<string, "email" | "in_app" | "sms"> = {
  send_email: "email",
  send_in_app_notification: "in_app",
  send_sms: "sms",
};

test.for(actions.entries.map(({ type }) => type))(
  "E82: %s for a batch that comes twice, even an hour later, has one effect",
  async (type, { tx }) => {
    await createMember(tx, { role: "staff" });
    await createMember(tx, { role: "staff" });
    const members = [await createMember(tx), await createMember(tx), await createMember(tx)];
    const memberIds = members.map(({ id }) => id);
    await tx.insert(memberTags).values(memberIds.map((memberId) => ({ memberId, tag: "old" })));
    await tx.execute(sql`insert into offer_codes (code, remaining) values ('SAVE20', 10)`);
    const channel = channels[type];
    const params = channel ? { template_id: (await createTemplate(tx, { channel })).id } : paramsOf[type];
    const { id: workflowId } = await createWorkflow(tx);
    const batch = await startRuns(tx, workflowId, memberIds, clock);

    const before = await snapshot(tx);
    const first = await act(tx, batch, { type, params, workflowId, clock });
    const after = await snapshot(tx);
    expect(after).not.toEqual(before);
    const later = { ...clock, now: new Date(clock.now.getTime() + 3_600_000) };
    expect(await act(tx, batch, { type, params, workflowId, clock: later })).toEqual(first);
    expect(await snapshot(tx)).toEqual(after);
  },
);
