import { expect, onTestFinished, test } from "vitest";
import { outgoing } from "../../test/support/outgoing.ts";
import { startTwilioServer, twilioAccount } from "../../test/support/twilio-server.ts";
import { createTwilio } from "./twilio.ts";

const sms = (messageId: number, to = "+41791234567") => outgoing(messageId, { to, text: `Hello ${messageId}` });

async function start(fate?: Parameters<typeof startTwilioServer>[0], change: object = {}) {
  const server = await startTwilioServer(fate);
  onTestFinished(server.stop);
  const provider = createTwilio({ ...twilioAccount, from: "+41790000000", baseUrl: server.url, ...change });
  return { server, send: provider.send };
}

test("each message is a request of its own, and says where its fate is to be told", async () => {
  const { server, send } = await start(undefined, {
    statusCallback: (id: number) => `https://app.example/api/webhooks/twilio?message=${id}`,
  });
  expect(await send([sms(1), sms(2)], "request/1")).toMatchObject([
    { messageId: 1, outcome: "accepted", providerMessageId: expect.stringMatching(/^SM/) },
    { messageId: 2, outcome: "accepted" },
  ]);
  expect(server.taken).toContainEqual({
    To: "+41791234567",
    From: "+41790000000",
    Body: "Hello 1",
    StatusCallback: "https://app.example/api/webhooks/twilio?message=1",
  });
});

test("a messaging service may send instead of a number", async () => {
  const from = "MG00000000000000000000000000000001";
  const { server, send } = await start(undefined, { from });
  await send([sms(1)], "request/1");
  expect(server.taken).toEqual([{ To: "+41791234567", MessagingServiceSid: from, Body: "Hello 1" }]);
});

test.for<[string, Parameters<typeof startTwilioServer>[0], object]>([
  [
    "E60: a landline is refused, in its words",
    () => ({ status: 400, body: { code: 21614, message: "'To' number is not a valid mobile number" } }),
    { outcome: "refused", error: "Twilio: 'To' number is not a valid mobile number" },
  ],
  [
    "who answered STOP is not written to again",
    () => ({ status: 400, body: { code: 21610, message: "Attempt to send to unsubscribed recipient" } }),
    { outcome: "refused", suppress: "requested" },
  ],
  [
    "E76: too fast",
    () => ({ status: 429, body: { code: 20429, message: "Too Many Requests" }, headers: { "retry-after": "30" } }),
    { outcome: "retry", pause: { cause: "rate_limited", afterMs: 30_000 } },
  ],
  [
    "a server that broke may have taken it",
    () => ({ status: 503 }),
    { outcome: "unknown", pause: { cause: "unavailable" } },
  ],
  ["a connection lost after it was taken", () => "takenThenReset", { outcome: "unknown" }],
  ["an answer without a number", () => ({ status: 201, body: {} }), { outcome: "unknown" }],
])("%s", async ([, fate, result]) => {
  const { send } = await start(fate);
  expect(await send([sms(1)], "request/1")).toMatchObject([{ messageId: 1, ...result }]);
});

test("E78: a token that was taken back stops the account", async () => {
  const { send } = await start(undefined, { authToken: "old" });
  expect(await send([sms(1)], "request/1")).toMatchObject([{ outcome: "retry", pause: { cause: "account_refused" } }]);
});

test("nobody there: nothing was taken", async () => {
  const { server, send } = await start();
  await server.stop();
  expect(await send([sms(1)], "request/1")).toMatchObject([{ outcome: "retry", pause: { cause: "unavailable" } }]);
});
