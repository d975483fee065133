import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { readPreferences, stopEmail } from "#db/queries/preferences";
import { communicationLogs } from "#db/schema/index";
import { test } from "../../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../../test/support/factories.ts";
import { createMailbox, deliver, live } from "../../test/support/journey.ts";
import { bounce, clock, type Message, tell } from "../../test/support/told.ts";

const written = "anna@Müller.ch";
const told = "anna@xn--mller-kva.ch";

async function createMailer(tx: Parameters<typeof createMember>[0]) {
  const template = await createTemplate(tx);
  await createWorkflow(tx, {
    cooldownPeriodDays: 0,
    steps: [{ id: 1, action: { type: "send_email", params: { template_id: template.id } } }],
  });
}

test("E59: a bounce that is told of the ASCII form stops the address, as the platform wrote it", async ({ tx }) => {
  await createMember(tx, { email: written, visits: ["2026-01-01"] });
  await createMailer(tx);
  const mailbox = createMailbox();
  await live(tx, clock, mailbox.provider);
  expect(mailbox.taken().map(({ to }) => to)).toEqual([told]);
  const [message] = (await tx.select().from(communicationLogs)) as [Message];
  await tell(tx, "bounced", message, { to: [told], data: bounce("Permanent") });
  await live(tx, clockAt("2026-11-23"), mailbox.provider);
  expect(await tx.select().from(communicationLogs).orderBy(communicationLogs.id)).toMatchObject([
    { status: "bounced", recipient: told },
    { status: "skipped", reason: "suppressed_address" },
  ]);
});

test("E59: who stops an address stops it in both forms", async ({ tx }) => {
  const member = await createMember(tx, { email: written });
  const other = await createMember(tx, { email: told, visits: ["2026-01-01"] });
  await stopEmail(tx, member.id, "Stop", "unsubscribe_page");
  expect(await readPreferences(tx, other.id)).toMatchObject({ isEmailStopped: true });
  expect(await readPreferences(tx, member.id)).toMatchObject({ isEmailStopped: true });
});

test("E59: the cap counts one mailbox, in whichever form it was written", async ({ tx }) => {
  await tx.execute(sql`update gym_settings set daily_cap = 1`);
  await createMember(tx, { email: written, visits: ["2026-01-01"] });
  await createMember(tx, { email: told, visits: ["2026-01-01"] });
  await createMailer(tx);
  const mailbox = createMailbox();
  await live(tx, clock, mailbox.provider);
  await deliver(tx, clock, mailbox.provider);
  expect(mailbox.taken().map(({ to }) => to)).toEqual([told]);
});
