import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { communicationLogs, messageBodies } from "#db/schema/index";
import { test } from "../test/support/database.ts";
import { clockAt, createMember, createTemplate } from "../test/support/factories.ts";
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

test("B55: a second press at once sends no second test; a text that was put right meanwhile goes", async ({ tx }) => {
  const admin = await createMember(tx, { role: "admin" });
  const viewer = { userId: admin.id, email: "admin@gym.example" };
  const mail = { message: draw(), language: "en", templateId: null, viewer };
  await queueTestMail(tx, mail, midnight);
  await queueTestMail(tx, mail, midnight);
  expect(await tx.$count(messageBodies)).toBe(1);
  await queueTestMail(tx, { ...mail, message: { ...mail.message, subject: "Hi again" } }, midnight);
  expect(await tx.$count(messageBodies)).toBe(2);
  const later = { ...midnight, now: new Date(midnight.now.getTime() + 6_000) };
  await queueTestMail(tx, mail, later);
  expect(await tx.$count(messageBodies)).toBe(3);
});

test("B55: a copy of a template that says the same is another mail", async ({ tx }) => {
  const admin = await createMember(tx, { role: "admin" });
  const viewer = { userId: admin.id, email: "admin@gym.example" };
  const mail = { message: draw(), language: "en", viewer };
  for (const { id } of [await createTemplate(tx), await createTemplate(tx)]) {
    await queueTestMail(tx, { ...mail, templateId: id }, midnight);
    await queueTestMail(tx, { ...mail, templateId: id }, midnight);
  }
  expect(await tx.$count(messageBodies)).toBe(2);
});

test("S42: of a burst of tests within an hour exactly ten go out, and it is said when the next one may", async ({
  tx,
}) => {
  const [admin, colleague] = [await createMember(tx, { role: "admin" }), await createMember(tx, { role: "admin" })];
  const mail = { message: draw(), language: "en", templateId: null };
  // In Zurich it is 01:00 at midnight UTC.
  const after = (seconds: number) => ({ ...midnight, now: new Date(midnight.now.getTime() + seconds * 1_000) });
  const send = (seconds: number, { id } = admin) =>
    queueTestMail(tx, { ...mail, viewer: { userId: id, email: "admin@gym.example" } }, after(seconds));
  const answers: string[] = [];
  for (let press = 0; press < 15; press++) {
    answers.push(
      await send(30 + press * 6).then(
        () => "sent",
        (error) => `${error.code}: ${error.message}`,
      ),
    );
  }
  const refusal = "too_many: You sent yourself 10 tests within an hour. Send the next one from 02:01.";
  expect(answers).toEqual([...Array(10).fill("sent"), ...Array(5).fill(refusal)]);
  expect(await tx.$count(messageBodies)).toBe(10);

  await send(130, colleague);
  await expect(send(30 + 3_599)).rejects.toMatchObject({ code: "too_many" });
  await send(60 + 3_600);
  expect(await tx.$count(messageBodies)).toBe(12);
});

test("S42: several presses at once cannot pass the limit", async ({ database: { db } }) => {
  const admin = await createMember(db, { role: "admin" });
  const mail = {
    message: draw(),
    language: "en",
    templateId: null,
    viewer: { userId: admin.id, email: "a@gym.example" },
  };
  const after = (seconds: number) => ({ ...midnight, now: new Date(midnight.now.getTime() + seconds * 1_000) });
  for (let press = 0; press < 9; press++) {
    await queueTestMail(db, mail, after(press * 6));
  }
  const presses = Array.from({ length: 6 }, (_, press) => queueTestMail(db, mail, after(60 + press * 6)));
  const outcomes = await Promise.allSettled(presses);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await db.$count(communicationLogs, eq(communicationLogs.memberId, admin.id))).toBe(10);
});
