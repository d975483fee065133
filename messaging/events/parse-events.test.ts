import { expect, test } from "vitest";
import { resendBody } from "../../test/support/webhooks.ts";
import { parseResendEvent } from "./parse-resend-event.ts";
import { parseTwilioEvent } from "./parse-twilio-event.ts";

const heardAt = new Date("2026-11-22T10:00:00Z");
const sid = `SM${"a".repeat(32)}`;
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const twilio = (status: string, code = "") =>
  parseTwilioEvent(form({ MessageSid: sid, MessageStatus: status, To: "+41790000001", ErrorCode: code }), "7", heardAt);

test.for([
  ["queued", "", "other", null, null],
  ["sending", "", "other", null, null],
  ["sent", "", "sent", null, null],
  ["delivered", "0", "delivered", null, null],
  ["undelivered", "30005", "failed", null, "Twilio's error 30005"],
  ["failed", "21610", "failed", "requested", "Twilio's error 21610"],
  ["delivered", "21610", "delivered", null, null],
  ["failed", "' or 1=1", "failed", null, null],
] as const)("Twilio's %s with error %j is %s", ([status, code, type, suppression, error]) => {
  const told = { type, suppression, error, eventId: `${sid}:${status}`, providerMessageId: sid, ownId: 7 };
  expect(twilio(status, code)).toMatchObject({ ...told, recipients: ["+41790000001"], occurredAt: heardAt });
});

test.for([{}, { MessageSid: sid }, { MessageStatus: "sent" }, { MessageSid: "SM1", MessageStatus: "sent" }])(
  "a form with %j alone is no event of Twilio's",
  (fields) => {
    expect(parseTwilioEvent(form(fields as Record<string, string>), null, heardAt)).toBeNull();
  },
);

const resend = (type: string, data: Record<string, unknown>) =>
  parseResendEvent("evt", resendBody(type, { to: ["a@example.com"], data }));

test.for([
  [{ type: "Permanent" }, "bounced"],
  [{ type: "Transient", subType: "MailboxFull" }, "soft_bounced"],
  [{ type: "Undetermined" }, "soft_bounced"],
  // Their manual: sent when a server has rejected the email for good.
  [{}, "bounced"],
  [undefined, "bounced"],
] as const)("a bounce of %j is %s", ([bounce, type]) => {
  expect(resend("email.bounced", { bounce })).toMatchObject({ type, suppression: type === "bounced" ? type : null });
});

test.for([
  [{ message_id: "12" }, 12],
  [
    [
      { name: "other", value: "1" },
      { name: "message_id", value: "12" },
    ],
    12,
  ],
  [{ message_id: "0012" }, null],
  [{ message_id: "1e3" }, null],
  [{ message_id: 12 }, null],
  [{ message_id: "99999999999999999999" }, null],
  ["message_id", null],
  [null, null],
  [undefined, null],
] as const)("of the tags %j our own id is %s", ([tags, ownId]) => {
  expect(resend("email.sent", { tags })).toMatchObject({ ownId });
});

test("a provider's words are kept as they can be stored and shown", () => {
  const event = resend("email.bounced", { bounce: { message: ` 550\u0000\r\n\tno \ud800 ${"x".repeat(900)}` } });
  expect(event?.error).toMatch(/^550 no \ufffd x+$/);
  expect(event?.error).toHaveLength(500);
});

test("a click happened when it was made, not when it was told", () => {
  const click = { link: "https://gym.example/", userAgent: "x", timestamp: "2026-11-22T10:00:00.000Z" };
  expect(resend("email.clicked", { click })).toMatchObject({ occurredAt: new Date(click.timestamp), link: click.link });
});
