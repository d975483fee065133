import { expect, onTestFinished, test } from "vitest";
import { startMailServer } from "../../test/support/mail-server.ts";
import { outgoing } from "../../test/support/outgoing.ts";
import { createSmtp } from "./smtp.ts";

async function start(options: Parameters<typeof startMailServer>[0] = {}, connections = 2) {
  const server = await startMailServer(options);
  const provider = createSmtp({ url: server.url, connections });
  onTestFinished(async () => {
    provider.close?.();
    await server.stop();
  });
  return { server, send: provider.send };
}

test("a mail arrives as it was made, in both its forms, with its headers", async () => {
  const { server, send } = await start();
  const [result] = await send([outgoing(1, { subject: "Grüezi 👋", html: "<p>é</p>", text: "é" })], "request/1");
  const [{ recipients, mail }] = server.taken as [(typeof server.taken)[number]];
  expect(recipients).toEqual(["m1@example.com"]);
  expect(mail.subject).toBe("Grüezi 👋");
  expect([mail.html, mail.text].map((part) => String(part).trim())).toEqual(["<p>é</p>", "é"]);
  expect(mail.from?.value).toEqual([{ name: "The Gym", address: "hello@gym.example" }]);
  expect(mail.headerLines.find(({ key }) => key === "list-unsubscribe")?.line).toContain(
    "<https://app.example/api/unsubscribe/1>",
  );
  expect(result).toEqual({ messageId: 1, outcome: "accepted", providerMessageId: mail.messageId });
});

test.each([
  "Free =?utf-8?Q?money?=",
  "=?utf-8?Q?Mara=0D=0ABcc:_x@evil.example?=",
  "=?utf-8?B?PGI+?= =?utf-8?B?PGI+?=".repeat(7),
  'Zoë "=?utf-8?Q?x?="',
])("S16: a subject that is written like an encoded word is shown as it was written: %s", async (subject) => {
  const { server, send } = await start();
  await send([outgoing(1, { subject })], "request/1");
  expect(server.taken.map(({ mail }) => mail.subject)).toEqual([subject]);
  expect(server.taken[0]?.raw.split("\r\n").every((line) => line.length <= 78)).toBe(true);
});

test("many go over few connections, which are used again by the next batch", async () => {
  const { server, send } = await start();
  await send(
    Array.from({ length: 50 }, (_, index) => outgoing(index)),
    "request/1",
  );
  await send(
    Array.from({ length: 50 }, (_, index) => outgoing(50 + index)),
    "request/2",
  );
  expect(server.taken).toHaveLength(100);
  expect(server.connections()).toBe(2);
});

test.for<[string, Parameters<typeof startMailServer>[0], object, number]>([
  ["E75: a connection lost after it was taken", { onMessage: () => "dropTaken" }, { outcome: "unknown" }, 1],
  ["E75: a connection lost while it was taken", { onMessage: () => "drop" }, { outcome: "unknown" }, 0],
  [
    "a connection lost before anything was sent",
    { onRecipient: () => "drop" },
    { outcome: "retry", pause: { cause: "unavailable" } },
    0,
  ],
  ["an address that does not exist", { onRecipient: () => 550 }, { outcome: "refused" }, 0],
  [
    "an address that is full, or grey",
    { onRecipient: () => 451 },
    { outcome: "retry", error: expect.stringMatching(/^Mail server: /) },
    0,
  ],
  ["what it takes for spam", { onMessage: () => 554 }, { outcome: "refused" }, 0],
  [
    "what it cannot store now",
    { onMessage: () => 452 },
    { outcome: "retry", error: expect.stringMatching(/^Mail server: /) },
    0,
  ],
  ["a server that closes", { onRecipient: () => 421 }, { outcome: "retry", pause: { cause: "unavailable" } }, 0],
  [
    "E78: a sender that it does not know",
    { onSender: () => 553 },
    { outcome: "retry", pause: { cause: "account_refused" } },
    0,
  ],
])("%s", async ([, options, result, taken]) => {
  const { server, send } = await start(options);
  const [answer] = await send([outgoing(1)], "request/1");
  expect(answer).toMatchObject({ messageId: 1, ...result });
  expect(answer && "pause" in answer).toBe("pause" in result);
  expect(server.taken).toHaveLength(taken);
});

test("one that is refused leaves its neighbours alone", async () => {
  const { server, send } = await start({ onRecipient: (address) => (address === "m2@example.com" ? 550 : null) });
  const results = await send([outgoing(1), outgoing(2), outgoing(3)], "request/1");
  expect(results.map(({ outcome }) => outcome)).toEqual(["accepted", "refused", "accepted"]);
  expect(server.taken).toHaveLength(2);
});

test("E78: a password that is wrong stops at the first", async () => {
  const server = await startMailServer({ password: "right" });
  const provider = createSmtp({ url: server.url.replace("right", "wrong"), connections: 1 });
  onTestFinished(async () => {
    provider.close?.();
    await server.stop();
  });
  const [result] = await provider.send([outgoing(1)], "request/1");
  expect(result).toMatchObject({ outcome: "retry", pause: { cause: "account_refused" } });
});

test("nobody there: nothing was taken", async () => {
  const { server, send } = await start();
  await server.stop();
  expect(await send([outgoing(1)], "request/1")).toMatchObject([{ outcome: "retry", pause: { cause: "unavailable" } }]);
});

test("a connection that the server has dropped in between is opened again", async () => {
  const { server, send } = await start({}, 1);
  await send([outgoing(1)], "request/1");
  server.dropAll();
  expect(await send([outgoing(2)], "request/2")).toMatchObject([{ outcome: "accepted" }]);
  expect(server.taken).toHaveLength(2);
});

test.for([
  "a@b.ch,evil@x.ch",
  "a@b.ch\r\nBcc: evil@x.ch",
  '"evil@x a"@b.ch',
  "<a@b.ch>",
  "a b@c.ch",
  "a@b",
  "jürg@example.com",
  "a@b.ch;evil@x.ch",
  "Evil <evil@x.ch>",
])("B25: %j reaches nobody", async (to) => {
  const { server, send } = await start();
  expect(await send([outgoing(1, { to })], "request/1")).toMatchObject([{ outcome: "refused" }]);
  expect(server.taken).toEqual([]);
  expect(server.connections()).toBe(0);
});

test("B20: neither subject nor sender nor a header begins another one", async () => {
  const { server, send } = await start();
  const evil = "Hi\r\nBcc: evil@x.ch";
  await send([outgoing(1, { subject: evil, fromName: evil, headers: { "X-Gym": evil } })], "request/1");
  const [{ recipients, mail }] = server.taken as [(typeof server.taken)[number]];
  expect(recipients).toEqual(["m1@example.com"]);
  expect(mail.headers.has("bcc")).toBe(false);
});
