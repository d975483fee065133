import { sql } from "drizzle-orm";
import { expect, onTestFinished } from "vitest";
import type { Db } from "#db/client";
import { communicationLogs, messageEvents, suppressions } from "#db/schema/index";
import { one } from "#lib/rows";
import { type TestDatabase, test } from "../../../test/support/database.ts";
import { createMember } from "../../../test/support/factories.ts";
import {
  appUrl,
  newSecret,
  openWebhooks,
  resendBody,
  signResend,
  signTwilio,
  twilioToken,
} from "../../../test/support/webhooks.ts";

const secret = newSecret();

async function open(database: TestDatabase, env: Record<string, string> = { RESEND_WEBHOOK_SECRET: secret }) {
  const webhooks = await openWebhooks(database, env);
  onTestFinished(webhooks.close);
  return webhooks;
}

let count = 0;

const createSent = async (db: Db, message: Partial<typeof communicationLogs.$inferInsert> = {}) => {
  count++;
  const sentAt = new Date(Date.now() - 60_000);
  const defaults = {
    channel: "email",
    class: "marketing",
    status: "sent",
    recipient: `m${count}@example.com`,
  } as const;
  const ids = { queuedAt: sentAt, firstTriedAt: sentAt, sentAt, providerMessageId: `provider-${count}` };
  return one(
    await db
      .insert(communicationLogs)
      .values({ ...defaults, ...ids, ...message })
      .returning(),
  );
};

const bounceOf = ({ providerMessageId, recipient }: typeof communicationLogs.$inferSelect) =>
  resendBody("email.bounced", {
    emailId: providerMessageId ?? "",
    to: [recipient ?? ""],
    data: { bounce: { type: "Permanent", message: "No such user" } },
  });

const changeLastByte = (text: string) => `${text.slice(0, -1)}${text.endsWith("}") ? " " : "}"}`;
const minutes = (number: number) => new Date(Date.now() + number * 60_000);

test.for<[string, (body: string) => { body?: BodyInit; headers: Record<string, string> }]>([
  ["B48: no signature", () => ({ headers: {} })],
  ["B48: an empty signature", (body) => ({ headers: { ...signResend(secret, body), "svix-signature": "" } })],
  [
    "B48: a version without a signature",
    (body) => ({ headers: { ...signResend(secret, body), "svix-signature": "v1" } }),
  ],
  ["B48: another secret", (body) => ({ headers: signResend(newSecret(), body) })],
  ["B48: another id", (body) => ({ headers: { ...signResend(secret, body), "svix-id": "another" } })],
  ["B48: one byte changed", (body) => ({ body: changeLastByte(body), headers: signResend(secret, body) })],
  [
    "B48: the same JSON written again",
    (body) => ({ body: JSON.stringify(JSON.parse(body), null, 1), headers: signResend(secret, body) }),
  ],
  ["B48: no text", (body) => ({ body: new Uint8Array([0xff, 0xfe]), headers: signResend(secret, body) })],
  ["B49: six minutes old", (body) => ({ headers: signResend(secret, body, { at: minutes(-6) }) })],
  ["B49: six minutes ahead", (body) => ({ headers: signResend(secret, body, { at: minutes(6) }) })],
  ["B49: no time", (body) => ({ headers: { ...signResend(secret, body), "svix-timestamp": "abc" } })],
  [
    "B51: a signature of another version",
    (body) => {
      const headers = signResend(secret, body);
      return { headers: { ...headers, "svix-signature": headers["svix-signature"].replace("v1,", "v1a,") } };
    },
  ],
])("%s: 401, and nothing is stored", async ([, forge], { database }) => {
  const { resend } = await open(database);
  const message = await createSent(database.db);
  const body = bounceOf(message);
  const forged = forge(body);
  const response = await resend(forged.body ?? body, forged.headers);
  expect(response.status).toBe(401);
  expect(response.headers.get("cache-control")).toBe("private, no-store");
  expect(await database.db.select().from(messageEvents)).toEqual([]);
  expect(await database.db.select().from(suppressions)).toEqual([]);
});

test.for([
  ["old and new secret", (old: string) => `${old} ${secret}`],
  ["new and old, with a comma", (old: string) => `${secret},${old}`],
] as const)("B51: while the secret is changed, %s are good", async ([, both], { database }) => {
  const old = newSecret();
  const { resend } = await open(database, { RESEND_WEBHOOK_SECRET: both(old) });
  for (const signer of [old, secret]) {
    const body = resendBody("contact.created");
    expect((await resend(body, signResend(signer, body))).status).toBe(200);
  }
  const body = resendBody("contact.created");
  expect((await resend(body, signResend(newSecret(), body))).status).toBe(401);
});

test("B51: of several signatures one must be right, under either name of the headers", async ({ database }) => {
  const { resend } = await open(database);
  const body = resendBody("contact.created");
  const headers = signResend(secret, body);
  const other = signResend(newSecret(), body)["svix-signature"];
  const list = `v1a,${"A".repeat(86)}== ${other} ${headers["svix-signature"]}`;
  expect((await resend(body, { ...headers, "svix-signature": list })).status).toBe(200);
  const standard = Object.entries(headers).map(([name, value]) => [name.replace("svix-", "webhook-"), value]);
  expect((await resend(body, Object.fromEntries(standard))).status).toBe(200);
});

test("B50: an event that is repeated twenty times, also at once, has one effect", async ({ database }) => {
  const { resend } = await open(database);
  const message = await createSent(database.db);
  const body = bounceOf(message);
  const headers = signResend(secret, body, { id: "evt-repeated" });
  const answers = [await resend(body, headers)];
  answers.push(...(await Promise.all(Array.from({ length: 19 }, () => resend(body, headers)))));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  const { rows } = await database.db.execute(sql`
    select (select count(*)::int from message_events where event_id = 'evt-repeated') as events,
           (select count(*)::int from suppressions) as suppressions,
           (select status from communication_logs where id = ${message.id}) as status`);
  expect(rows).toEqual([{ events: 1, suppressions: 1, status: "bounced" }]);
});

test.for([
  ["B52: data is missing", '{"type":"email.bounced","created_at":"2026-11-22T10:00:00Z"}', 400],
  ["B52: data is null", '{"type":"email.bounced","created_at":"2026-11-22T10:00:00Z","data":null}', 400],
  ["B52: data is a list", '{"type":"email.bounced","created_at":"2026-11-22T10:00:00Z","data":[]}', 400],
  ["the email has no id", resendBody("email.bounced", { data: { email_id: null } }), 400],
  ["an id cannot be stored", resendBody("email.bounced", { emailId: "a\u0000b" }), 400],
  ["a day does not exist", resendBody("email.sent").replace(/"created_at":"[^"]*"/, '"created_at":"+999999"'), 400],
  ["nothing at all", "", 400],
  ["no JSON", "{", 400],
  ["B52: an unknown type", resendBody("email.teleported"), 200],
  ["a type that every object has", resendBody("constructor"), 200],
] as const)("what is signed and cannot be used: %s", async ([, body, status], { database }) => {
  const { resend } = await open(database);
  const headers = signResend(secret, body);
  expect((await resend(body, headers)).status).toBe(status);
  const { rows } = await database.db.execute(sql`
    select state, type from message_events where event_id = ${headers["svix-id"]}`);
  expect(rows).toEqual(status === 200 ? [{ state: "ignored", type: "other" }] : []);
});

test("B52: three megabytes are refused before they are read, whatever their length is said to be", async ({
  database,
}) => {
  const { resend } = await open(database);
  const body = `{"padding":"${"x".repeat(3_000_000)}"}`;
  expect((await resend(body, signResend(secret, body))).status).toBe(413);
  expect((await resend("{}", { "content-length": "3000000" })).status).toBe(413);
});

test("without a secret there is no such address", async ({ database }) => {
  const { resend, twilio } = await open(database, {});
  const body = resendBody("email.sent");
  expect((await resend(body, signResend(secret, body))).status).toBe(404);
  expect((await twilio("MessageSid=SM1", {})).status).toBe(404);
});

test("S15: success is said after the commit: while the database is away the provider has to come again", async ({
  database,
}) => {
  const { resend } = await open(database, {
    RESEND_WEBHOOK_SECRET: secret,
    DATABASE_URL: "postgres://app@127.0.0.1:1/none",
  });
  const body = resendBody("email.sent");
  expect((await resend(body, signResend(secret, body))).status).toBe(500);
});

const sid = (end: string) => `SM${end.padStart(32, "0")}`;
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

test("Twilio's callbacks count when they are signed for our own address, whatever host the request names", async ({
  database,
}) => {
  const { twilio } = await open(database, { TWILIO_AUTH_TOKEN: twilioToken });
  const message = await createSent(database.db, {
    channel: "sms",
    recipient: "+41791234567",
    providerMessageId: sid("a"),
  });
  const body = form({ MessageSid: sid("a"), MessageStatus: "delivered", To: "+41791234567", Body: "Grüezi & Ade" });
  const address = `${appUrl}/api/webhooks/twilio`;
  expect((await twilio(body, signTwilio(`http://10.0.0.7:3000/api/webhooks/twilio`, body))).status).toBe(401);
  expect((await twilio(body, signTwilio(address, body, "f".repeat(32)))).status).toBe(401);
  expect((await twilio(`${body}&ErrorCode=21610`, signTwilio(address, body))).status).toBe(401);
  expect((await twilio(body, {})).status).toBe(401);
  expect((await twilio(body, signTwilio(address, body), "?message=7")).status).toBe(401);
  expect((await twilio(body, signTwilio(address.replace(".example", ".example:443"), body))).status).toBe(200);
  expect((await twilio(body, signTwilio(address, body))).status).toBe(200);
  const { rows } = await database.db.execute(sql`
    select m.status, e.event_id, e.state from communication_logs m join message_events e on e.message_id = m.id where m.id = ${message.id}`);
  expect(rows).toEqual([{ status: "delivered", event_id: `${sid("a")}:delivered`, state: "applied" }]);
});

test("a member who answered STOP gets no SMS any more, and their own page says that they said no", async ({
  database,
}) => {
  const { twilio } = await open(database, { TWILIO_AUTH_TOKEN: twilioToken });
  const member = await createMember(database.db, { phone: "+41790000001" });
  const sms = { channel: "sms", memberId: member.id, recipient: "+41790000001", providerMessageId: sid("b") } as const;
  await createSent(database.db, sms);
  const body = form({ MessageSid: sid("b"), MessageStatus: "failed", To: "+41790000001", ErrorCode: "21610" });
  expect((await twilio(body, signTwilio(`${appUrl}/api/webhooks/twilio`, body))).status).toBe(200);
  const { rows } = await database.db.execute(sql`
    select s.reason, s.until, m.status, m.error_message from suppressions s, communication_logs m
    where s.channel = 'sms' and s.address_hash = encode(sha256('+41790000001'), 'hex') and m.recipient = '+41790000001'`);
  expect(rows).toEqual([{ reason: "requested", until: null, status: "failed", error_message: "Twilio's error 21610" }]);
  const { rows: said } = await database.db.execute(sql`
    select channel, class, is_granted, source from consent_events where member_id = ${member.id} and channel = 'sms'`);
  expect(said).toEqual([{ channel: "sms", class: "marketing", is_granted: false, source: "stop" }]);
});
