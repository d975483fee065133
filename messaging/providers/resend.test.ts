import path from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { startHttpServer } from "../../test/support/http-server.ts";
import { outgoing } from "../../test/support/outgoing.ts";
import { resendKey, startResendServer } from "../../test/support/resend-server.ts";
import { createResend } from "./resend.ts";

let files = 0;

async function start(options: Partial<Parameters<typeof startResendServer>[0]> = {}, apiKey = resendKey) {
  const witnessFile = path.join(inject("scratchDirectory"), `resend-${++files}.jsonl`);
  const server = await startResendServer({ witnessFile, ...options });
  onTestFinished(server.stop);
  const provider = createResend({ apiKey, baseUrl: server.url, requestsPerSecond: 1000 });
  return { server, send: provider.send };
}

const batch = [outgoing(1), outgoing(2), outgoing(3)];

test("a batch is one request, and each message is answered for", async () => {
  const { server, send } = await start();
  expect(await send(batch, "request/1")).toMatchObject([
    { messageId: 1, outcome: "accepted", providerMessageId: expect.stringMatching(/-0$/) },
    { messageId: 2, outcome: "accepted" },
    { messageId: 3, outcome: "accepted", providerMessageId: expect.stringMatching(/-2$/) },
  ]);
  expect(server.requests).toHaveLength(1);
  expect(server.taken()[1]).toEqual({
    from: '"The Gym" <hello@gym.example>',
    to: ["m2@example.com"],
    subject: "Hello 2",
    html: "<p>Hello</p>",
    text: "Hello",
    headers: { "List-Unsubscribe": "<https://app.example/api/unsubscribe/1>" },
    tags: [{ name: "message_id", value: "2" }],
  });
});

test("E79: one bad address among a hundred fails alone, in the provider's words", async () => {
  const { server, send } = await start();
  const many = Array.from({ length: 100 }, (_, index) =>
    outgoing(index + 1, index === 41 ? { to: "invalid@example.com" } : {}),
  );
  const results = await send(many, "request/1");
  expect(results.filter(({ outcome }) => outcome === "accepted")).toHaveLength(99);
  expect(results[41]).toEqual({ messageId: 42, outcome: "refused", error: "Invalid `to` field." });
  expect(new Set(results.map((result) => "providerMessageId" in result && result.providerMessageId)).size).toBe(100);
  expect(server.taken()).toHaveLength(99);
});

test("E73: the same request again is answered as before, and nothing is taken twice", async () => {
  const { server, send } = await start();
  expect(await send(batch, "request/1")).toEqual(await send(batch, "request/1"));
  expect(server.taken()).toHaveLength(3);
});

test.for<[string, Parameters<typeof startResendServer>[0]["faults"], number]>([
  ["an answer that is cut off (E80)", { takenThenCut: 1 }, 3],
  ["a connection lost after it was taken", { takenThenReset: 1 }, 3],
  ["a server that breaks after it took it", { takenThenBroken: 1 }, 3],
  ["a server that is broken", { broken: 1 }, 0],
])("%s has an unknown outcome, and the account rests", async ([, faults, taken]) => {
  const { server, send } = await start({ faults });
  const [result] = await send(batch, "request/1");
  expect(result).toMatchObject({ outcome: "unknown", pause: { cause: "unavailable" } });
  expect(server.taken()).toHaveLength(taken);
});

test("nobody there is an unknown outcome", async () => {
  const { server, send } = await start();
  await server.stop();
  expect((await send(batch, "request/1"))[0]).toMatchObject({ outcome: "unknown", pause: { cause: "unavailable" } });
});

test.for<[string, number, string, number | undefined, object]>([
  ["E76: too fast", 429, "rate_limit_exceeded", 30, { cause: "rate_limited", afterMs: 30_000 }],
  ["E77: the day's quota", 429, "daily_quota_exceeded", undefined, { cause: "quota_exceeded" }],
  ["E77: the month's quota", 429, "monthly_quota_exceeded", undefined, { cause: "quota_exceeded" }],
  ["E78: a key that was taken back", 401, "invalid_api_key", undefined, { cause: "account_refused" }],
  ["E78: a key that may not send", 401, "restricted_api_key", undefined, { cause: "account_refused" }],
  ["E78: a domain that is not verified", 403, "validation_error", undefined, { cause: "account_refused" }],
  ["E78: a sender that is none", 422, "invalid_from_address", undefined, { cause: "account_refused" }],
])("%s is the account's fault: nothing was taken, and it rests", async ([title, status, name, retryAfter, pause]) => {
  const { server, send } = await start();
  server.refuse({ status, name, message: "No", retryAfter });
  const results = await send(batch, "request/1");
  expect(results).toMatchObject(
    batch.map(({ messageId }) => ({ messageId, outcome: "retry", error: "Resend: No", pause })),
  );
  expect(results.some((result) => "isAboutSender" in result)).toBe(
    title.includes("domain") || title.includes("sender"),
  );
  expect(server.requests).toHaveLength(1);
});

test("a request that is still being answered is asked about again", async () => {
  const { server, send } = await start();
  server.refuse({ status: 409, name: "concurrent_idempotent_requests", message: "Wait" });
  expect((await send(batch, "request/1"))[0]).toEqual({ messageId: 1, outcome: "unknown", error: "Resend: Wait" });
});

test("where several are refused for what one says, nothing was taken; what is refused alone is refused", async () => {
  const { server, send } = await start();
  server.refuse({ status: 422, name: "validation_error", message: "No" });
  const again = { outcome: "retry", error: "No", afterMs: 0 };
  expect(await send(batch, "request/1")).toEqual(batch.map(({ messageId }) => ({ messageId, ...again })));
  expect(await send([outgoing(4)], "request/2")).toEqual([{ messageId: 4, outcome: "refused", error: "No" }]);
});

test("an answer that does not say what it is, such as a gateway's, has an unknown outcome", async () => {
  const server = await startHttpServer(async (_request, response) => {
    response.writeHead(504, { "content-type": "application/json" }).end(JSON.stringify({ message: "Time-out" }));
  });
  onTestFinished(server.stop);
  const { send } = createResend({ apiKey: resendKey, baseUrl: server.url, requestsPerSecond: 1000 });
  expect((await send(batch, "request/1"))[0]).toMatchObject({ outcome: "unknown", pause: { cause: "unavailable" } });
});

test("E59: a domain with an umlaut is written in ASCII, and no name begins another address", async () => {
  const { server, send } = await start();
  const fromName = 'Evil" <evil@evil.example>,\r\nBcc: x@y.example';
  await send([outgoing(1, { to: "juerg@müller.com", fromName })], "request/1");
  expect(server.taken()[0]).toMatchObject({
    to: ["juerg@xn--mller-kva.com"],
    from: '"Evil evil@evil.example , Bcc: x@y.example" <hello@gym.example>',
  });
});
