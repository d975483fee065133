import { expect } from "vitest";
import { communicationLogs } from "#db/schema/index";
import { tryWorkflow } from "#engine/editing/try-workflow";
import { tryMessage, tryText } from "#messaging/try-message";
import { test } from "#test/support/database";
import { clockAt, createMember, createTemplate, createWorkflow } from "#test/support/factories";
import { createMailbox, deliver } from "#test/support/journey";
import { sendTriedMail } from "./send-tried-mail.ts";

const links = { appUrl: "https://app.example" };
const tools = {
  tryMessage: (...[tx, message, clock]: Parameters<Parameters<typeof tryWorkflow>[2]["tryMessage"]>) =>
    tryMessage(tx, message, links, clock),
  tryText: (...[tx, text, clock]: Parameters<Parameters<typeof tryWorkflow>[2]["tryText"]>) =>
    tryText(tx, text, links, clock),
};
const clock = clockAt("2026-11-22");

test("E22: a test goes to the admin's own address alone, marked TEST, and counts for nobody", async ({ tx }) => {
  const admin = await createMember(tx, { role: "admin" });
  // Who has not agreed would get nothing; the admin sees what they would have got.
  const member = await createMember(tx, { firstName: "Mara", lastName: "Keller", emailConsent: false });
  const template = await createTemplate(tx, { fromAddress: "rico@training-club.example", fromName: "Rico" });
  const sms = await createTemplate(tx, { channel: "sms" });
  const { id: workflowId } = await createWorkflow(tx);
  const steps = [
    { id: 1, action: { type: "send_email", params: { template_id: template.id } } },
    { id: 2, action: { type: "send_sms", params: { template_id: sms.id } } },
    { id: 3, action: { type: "add_tag", params: { tag: "x" } } },
  ];
  const head = { name: "Draft", description: "", cooldownPeriodDays: 7, context: {}, exitWhen: [] };
  const draft = { ...head, trigger: { type: "birthday" }, steps };
  const trial = await tryWorkflow(tx, { workflowId, draft, memberId: member.id, date: clock.today }, tools, clock);
  const viewer = { userId: admin.id, email: "admin@gym.example" };
  const send = (stepId: number) => sendTriedMail(tx, { trial, stepId, viewer }, clock);

  await send(1);
  // A double click.
  await send(1);
  await expect(send(2)).rejects.toMatchObject({ message: "Only an email can be sent as a test." });
  await expect(send(3)).rejects.toMatchObject({ message: "This step sends no message." });
  await expect(send(4)).rejects.toMatchObject({
    message: "Mara Keller does not come to this step. Choose another member or day.",
  });

  const mailbox = createMailbox();
  await deliver(tx, clock, mailbox.provider);
  expect(mailbox.taken()).toMatchObject([
    {
      to: "admin@gym.example",
      subject: "[TEST] Hello Mara",
      fromAddress: "rico@training-club.example",
      headers: {},
      html: expect.stringContaining('href="https://app.example/unsubscribe"'),
    },
  ]);
  expect(await tx.select().from(communicationLogs)).toMatchObject([
    { memberId: admin.id, runId: null, workflowId: null, class: "service", recipient: "admin@gym.example" },
  ]);
});
