import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Tx } from "#db/client";
import { bodyFrames, messageBodies, messageTexts } from "#db/schema/index";
import { runDueSteps } from "#engine/run-due-steps";
import { sweep } from "#engine/sweep";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../test/support/factories.ts";
import { createMailbox, deliver, fillText } from "../test/support/journey.ts";
import { nastyNames } from "../test/support/nasty-values.ts";

const clock = clockAt("2026-11-22");

async function writeTo(tx: Tx, names: string[], template: Parameters<typeof createTemplate>[1] = {}) {
  await tx.execute(sql`update gym_settings set brake_min_runs = 1000`);
  const { id } = await createTemplate(tx, template);
  await createWorkflow(tx, { steps: [{ id: 1, action: { type: "send_email", params: { template_id: id } } }] });
  for (const firstName of names) {
    await createMember(tx, { firstName, visits: ["2026-01-01"] });
  }
  await sweep(tx, clock);
  await runDueSteps(tx, () => clock, { fillText });
  const mailbox = createMailbox();
  await deliver(tx, clock, mailbox.provider);
  return mailbox.taken();
}

test("G8: what is kept is to the byte what was handed over, and what all get alike is kept once", async ({ tx }) => {
  // What the database cannot hold is nobody's name.
  const names = nastyNames.filter((name) => !name.includes("\0") && name.isWellFormed());
  const taken = await writeTo(tx, names, { actionUrl: "/me?x={{ member_first_name | url_encode }}" });
  expect(taken).toHaveLength(names.length);
  const kept = await tx.select().from(messageTexts);
  const textsOf = ({ messageId, subject, html, text }: (typeof kept)[number]) => ({ messageId, subject, html, text });
  const inOrder = (rows: ReturnType<typeof textsOf>[]) => rows.toSorted((a, b) => a.messageId - b.messageId);
  expect(inOrder(kept.map(textsOf))).toEqual(
    inOrder(taken.map(({ messageId, subject, html, text }) => ({ messageId, subject, html, text }))),
  );
  // Texts in which a name leaves a gap stand in a frame of their own.
  expect(await tx.$count(bodyFrames)).toBeLessThanOrEqual(2);
  const { rows } = await tx.execute<{ bytes: number }>(
    sql`select max(pg_column_size(b.*))::int as bytes from message_bodies b`,
  );
  expect(rows[0]?.bytes).toBeLessThan(Math.min(...taken.map(({ html }) => html.length)) / 2);
  expect(await tx.select({ html: messageBodies.html }).from(messageBodies).limit(1)).toEqual([{ html: null }]);
});
