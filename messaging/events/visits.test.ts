import { eq } from "drizzle-orm";
import { expect } from "vitest";
import type { Tx } from "#db/client";
import { communicationLogs, messageEvents } from "#db/schema/index";
import { one } from "#lib/rows";
import { test } from "../../test/support/database.ts";
import { clockAt } from "../../test/support/factories.ts";
import { resendBody } from "../../test/support/webhooks.ts";
import { applyAllParked } from "./parked-events.ts";
import { parseResendEvent } from "./parse-resend-event.ts";
import { recordEvent } from "./record-event.ts";

const clock = clockAt("2026-11-22");
const after = (seconds: number) => ({ ...clock, now: new Date(clock.now.getTime() + seconds * 1_000) });
const phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148";

type Told = [type: "delivered" | "opened" | "clicked", at: number, link?: string, userAgent?: string];

/** One email, sent at the clock, and all that is told of it in this order. Gives its status and what was marked. */
async function hear(tx: Tx, told: Told[], judgedAt = 10_000) {
  const left = { queuedAt: clock.now, firstTriedAt: clock.now, sentAt: clock.now };
  const kind = { channel: "email", class: "marketing", status: "sent" } as const;
  const [message] = await tx
    .insert(communicationLogs)
    .values({ ...kind, ...left, recipient: "a@example.com", providerMessageId: "p" })
    .returning();
  for (const [index, [type, at, link = "https://gym.example/", userAgent = phone]] of told.entries()) {
    const click = { link, userAgent, timestamp: after(at).now.toISOString(), ipAddress: "203.0.113.1" };
    const body = resendBody(`email.${type}`, {
      emailId: "p",
      to: ["a@example.com"],
      at: after(at).now,
      data: { click },
    });
    const event = parseResendEvent(`evt-${index}`, body);
    await recordEvent(tx, event ?? expect.fail("not an event"), after(at));
  }
  await applyAllParked(tx, after(judgedAt));
  const { status } = one(
    await tx
      .select()
      .from(communicationLogs)
      .where(eq(communicationLogs.id, message?.id ?? 0)),
  );
  const events = await tx.select().from(messageEvents).orderBy(messageEvents.eventId);
  return { status, marked: events.map(({ isAutomatic }) => isAutomatic) };
}

test.for<[string, Told[], string, boolean[]]>([
  [
    "a person opens it",
    [
      ["delivered", 2],
      ["opened", 40],
    ],
    "opened",
    [false, false],
  ],
  [
    "a person follows a link",
    [
      ["delivered", 2],
      ["opened", 40],
      ["clicked", 45],
    ],
    "clicked",
    [false, false, false],
  ],
  [
    "it is opened before it is delivered",
    [
      ["delivered", 120],
      ["opened", 60],
    ],
    "delivered",
    [false, true],
  ],
  [
    "it is opened as it is delivered, told in this order",
    [
      ["opened", 61],
      ["delivered", 60],
    ],
    "delivered",
    [true, false],
  ],
  ["it is clicked right after it left, and no delivery is told", [["clicked", 4]], "sent", [true]],
  ["it is clicked later, and no delivery is told", [["clicked", 6]], "clicked", [false]],
  [
    "all links are followed at once",
    [
      ["delivered", 2],
      ["clicked", 60, "https://gym.example/a"],
      ["clicked", 60.9, "https://gym.example/b"],
    ],
    "delivered",
    [false, true, true],
  ],
  [
    "one link is followed twice at once, as impatient people do",
    [
      ["delivered", 2],
      ["clicked", 60],
      ["clicked", 60.4],
    ],
    "clicked",
    [false, false, false],
  ],
  [
    "a scanner looks first, and then a person",
    [
      ["delivered", 2],
      ["clicked", 3, "https://gym.example/a"],
      ["clicked", 90, "https://gym.example/b"],
    ],
    "clicked",
    [false, true, false],
  ],
  [
    "a scanner says its name",
    [
      ["delivered", 2],
      ["clicked", 90, "https://gym.example/", "BarracudaCentral"],
    ],
    "delivered",
    [false, true],
  ],
])("%s", async ([, told, status, marked], { tx }) => {
  expect(await hear(tx, told)).toEqual({ status, marked });
});

test("an open counts a minute after it was told, not before", async ({ tx }) => {
  expect(await hear(tx, [["opened", 100]], 159)).toMatchObject({ status: "sent" });
  expect(await applyAllParked(tx, after(160))).toEqual({ applied: 1, ignored: 0, unreadable: 0 });
  expect(await tx.select().from(communicationLogs)).toMatchObject([{ status: "opened" }]);
});
