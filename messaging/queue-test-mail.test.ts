import { expect } from "vitest";
import { communicationLogs, messageBodies } from "#db/schema/index";
import { test } from "../test/support/database.ts";
import { clockAt, createMember } from "../test/support/factories.ts";
import { createMailbox, deliver } from "../test/support/journey.ts";
import { templateContent } from "../test/support/template-content.ts";
import { previewTemplate, sampleReader } from "./preview-template.ts";
import { queueTestMail } from "./queue-test-mail.ts";

const midnight = { ...clockAt("2026-11-22"), now: new Date("2026-11-22T00:00:00Z") };
const gym = { name: "Gym", postalAddress: "Street 1", language: "en" };

const draw = () => {
  const content = templateContent({ subject: "Hi {{ member_first_name }}" });
  const { message } = previewTemplate(content, sampleReader("en", {}), gym, { appUrl: "https://app.gym.example" });
  if (!message) {
    throw new Error("Nothing was drawn");
  }
  return message;
};

test("E22: a test goes at once to whoever asked for it, marked, whatever they agreed to, and counts for no cap", async ({
  tx,
}) => {
  const admin = await createMember(tx, { role: "admin", emailConsent: false });
  const viewer = { userId: admin.id, email: "admin@gym.example" };
  const mail = { message: draw(), language: "en", templateId: null, viewer };
  await queueTestMail(tx, mail, midnight);
  const { provider, taken } = createMailbox();
  await deliver(tx, midnight, provider);
  expect(taken()).toMatchObject([
    { to: viewer.email, subject: "[TEST] Hi Mara", text: expect.stringMatching(/^\[TEST\]/) },
  ]);
  expect(await tx.select().from(communicationLogs)).toMatchObject([
    { status: "sent", class: "service", runId: null, memberId: admin.id, recipient: viewer.email },
  ]);
});

test("B55: a second press at once sends no second test", async ({ tx }) => {
  const admin = await createMember(tx, { role: "admin" });
  const viewer = { userId: admin.id, email: "admin@gym.example" };
  const mail = { message: draw(), language: "en", templateId: null, viewer };
  await queueTestMail(tx, mail, midnight);
  await expect(queueTestMail(tx, mail, midnight)).rejects.toMatchObject({ code: "too_many" });
  const later = { ...midnight, now: new Date(midnight.now.getTime() + 6_000) };
  await queueTestMail(tx, mail, later);
  expect(await tx.$count(messageBodies)).toBe(2);
});
