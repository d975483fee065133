import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { communicationLogs, messageBodies } from "#db/schema/index";
import { one } from "#lib/rows";
import { test } from "../test/support/database.ts";
import { clockAt } from "../test/support/factories.ts";
import { createMailbox, deliver } from "../test/support/journey.ts";
import { nastyNames } from "../test/support/nasty-values.ts";
import { createOutbox } from "./providers/outbox.ts";
import { queueSignInMail, writeSignInMail } from "./sign-in-mail.ts";

const now = new Date("2026-11-22T21:30:00Z");
const url = "https://app.gym.example/api/auth/magic-link/verify?token=abc&callbackURL=%2Fme";

test("the link's email is written out at once and owed at once", async ({ tx }) => {
  await queueSignInMail(tx, { email: "mara@demo.example", name: "Mara", url, language: "de", memberId: null, now });

  const message = one(await tx.select().from(communicationLogs));
  expect(message).toMatchObject({
    channel: "email",
    class: "sign_in",
    status: "queued",
    recipient: "mara@demo.example",
    dueAt: now,
    runId: null,
  });
  const body = one(await tx.select().from(messageBodies).where(eq(messageBodies.messageId, message.id)));
  expect(body.subject).toBe("Dein Anmelde-Link für Training Club");
  expect(body.text).toContain(url);
  expect(body.html).toContain(url.replaceAll("&", "&amp;"));
  expect(body.headers).toEqual({});
});

const clock = { ...clockAt("2026-11-22"), now };

test("the link is gone from the database as soon as a provider took it or refused it", async ({ tx }) => {
  const outcomes = ["accepted", "refused", "retry"] as const;
  for (const outcome of outcomes) {
    await queueSignInMail(tx, { email: `${outcome}@demo.example`, name: "", url, language: "en", memberId: null, now });
  }
  const { provider, taken } = createMailbox(({ messageId, to }) =>
    to.startsWith("accepted")
      ? null
      : { messageId, outcome: to.startsWith("refused") ? "refused" : "retry", error: "no" },
  );
  await deliver(tx, clock, provider);

  expect(taken()).toMatchObject([{ to: "accepted@demo.example", text: expect.stringContaining(url) }]);
  const kept = await tx.select().from(messageBodies).orderBy(messageBodies.messageId);
  expect(kept.map(({ html, text }) => `${html}${text}`.includes("token=abc"))).toEqual([false, false, true]);
  expect(kept[0]?.subject).toBe("Your sign-in link for Training Club");
});

test("in the outbox it stays, for whoever develops to read it", async ({ tx }) => {
  await queueSignInMail(tx, { email: "mara@demo.example", name: "", url, language: "en", memberId: null, now });
  expect(await deliver(tx, clock, createOutbox())).toMatchObject({ messages: 1 });
  expect(one(await tx.select().from(messageBodies)).text).toContain(url);
});

test.for(["en", "de", "fr", "it"] as const)("no name can say more than a name in %s", (language) => {
  for (const name of nastyNames) {
    const { html, subject } = writeSignInMail({ name: "Training Club", postalAddress: "" }, language, { name, url });
    expect(html.match(/<(script|img|b|h1|style)\b/g)).toEqual(["<style"]);
    expect(subject).not.toMatch(/\p{Cc}/u);
  }
});

test("a link that is no web address is never sent", () => {
  expect(() =>
    writeSignInMail({ name: "x", postalAddress: "" }, "en", { name: "", url: "javascript:alert(1)" }),
  ).toThrow();
});

test("the outbox takes every message, and the same one the same way again", async () => {
  const message = {
    messageId: 7,
    idempotencyKey: "k",
    to: "a@demo.example",
    fromAddress: "",
    fromName: "",
    subject: "s",
    html: "",
    text: "",
    headers: {},
  };
  const outbox = createOutbox();
  const accepted = [{ messageId: 7, outcome: "accepted", providerMessageId: "outbox-7" }];
  expect(await outbox.send([message], "request/1")).toEqual(accepted);
  expect(await outbox.send([message], "request/1")).toEqual(accepted);
});
