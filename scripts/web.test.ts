import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { nodeProblem, readEnv } from "#env";
import { brokenEnv } from "../test/support/broken-env.ts";
import { runQuickly } from "../test/support/run-script.ts";
import { createGuard } from "./web-guard.ts";
import { type Answer, createWebServer } from "./web-server.ts";

const runWeb = (env: Record<string, string>) => runQuickly("scripts/web.ts", env);

const valid = {
  DATABASE_URL: "postgres://app@127.0.0.1:1/none",
  APP_URL: "http://127.0.0.1:3000",
  AUTH_SECRET: "x".repeat(40),
};

test("a start with nothing set names all that is missing, at once", async () => {
  const { code, error, busySeconds } = await runWeb({});
  expect(code).toBe(1);
  expect(error).toBe(
    "The web process cannot start:\n- DATABASE_URL is not set\n- APP_URL is not set\n- AUTH_SECRET is not set\n",
  );
  expect(busySeconds).toBeLessThan(1);
});

test("a start with everything wrong names every problem and no value, at once", async () => {
  const { code, error, busySeconds } = await runWeb(brokenEnv);
  expect(code).toBe(1);
  expect(Array.from(error.matchAll(/^- (\w+) must /gm), ([, name]) => name)).toEqual(Object.keys(brokenEnv));
  expect(error).not.toContain(brokenEnv.AUTH_SECRET);
  expect(busySeconds).toBeLessThan(1);
});

test.each([
  [
    "an address without a protocol",
    { APP_URL: "app.gym.example" },
    "APP_URL must look like https://app.your-gym.example",
  ],
  ["a proxy whose range is none", { TRUSTED_PROXIES: "10.0.0.0/33" }, "TRUSTED_PROXIES must hold addresses and ranges"],
  ["a proxy by its name", { TRUSTED_PROXIES: "::1, proxy.local" }, "TRUSTED_PROXIES must hold addresses and ranges"],
])("%s stops the start", async (_what, wrong, problem) => {
  const { code, error } = await runWeb({ ...valid, ...wrong });
  expect(code).toBe(1);
  expect(error).toMatch(/^The web process cannot start:\n- [^\n]+\n$/);
  expect(error).toContain(problem);
});

test("a port in use is said in one line", async () => {
  const holder = createServer();
  onTestFinished(() => void holder.close());
  const port = await new Promise<number>((resolve) => {
    holder.listen(0, "127.0.0.1", () => {
      const address = holder.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
  const { code, error } = await runWeb({ ...valid, PORT: String(port) });
  expect(code).toBe(1);
  expect(error).toBe(`The web process cannot start:\nPort ${port} of 127.0.0.1 is in use. Set PORT to another one.\n`);
});

test("a body that comes too slowly ends its connection before a page is asked", async () => {
  const asked: string[] = [];
  const guard = createGuard({ appUrl: "http://localhost:3000", isDev: false, trustedProxies: [] });
  const answer = async ({ url = "" }) => void asked.push(url);
  const times = { headersTimeout: 200, requestTimeout: 200, connectionsCheckingInterval: 20 };
  const { server, close } = createWebServer(guard, answer, times);
  onTestFinished(() => close(0));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  client.write(
    `POST /sign-in HTTP/1.1\r\nHost: localhost:3000\r\nNext-Action: ${"a".repeat(40)}\r\n` +
      "Content-Type: text/plain\r\nContent-Length: 1000\r\n\r\n[]",
  );
  const drip = setInterval(() => client.write(" "), 20);
  onTestFinished(() => clearInterval(drip));
  let heard = "";
  client.on("data", (chunk) => {
    heard += chunk;
  });
  // Writing into a connection that has been ended is an error, and comes as no surprise here.
  await new Promise((resolve) => client.on("error", () => {}).once("close", resolve));
  expect(heard).toMatch(/^HTTP\/1\.1 408 /);
  expect(asked).toEqual([]);
});

test("who is told to stop lets an answer finish, and cuts what never does, upgraded or not", async () => {
  let finish = () => {};
  const answer: Answer = async ({ url }, response) => {
    response.write("begun");
    finish = url === "/slow" ? () => response.end(", finished") : finish;
  };
  const { server, close } = createWebServer(async () => true, answer);
  server.on("upgrade", (_, socket) => void socket.write("HTTP/1.1 101 Switching Protocols\r\n\r\n"));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const upgraded = connect(port, "127.0.0.1");
  upgraded.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  await once(upgraded, "data");
  const endless = await fetch(`http://127.0.0.1:${port}/endless`);
  const slow = await fetch(`http://127.0.0.1:${port}/slow`);

  const closed = close(300);
  finish();
  expect(await slow.text()).toBe("begun, finished");
  await closed;
  await expect(endless.text()).rejects.toThrow();
  expect(upgraded.readyState).not.toBe("open");
});

test("who is slow is not waited for longer than a minute", () => {
  const { server } = createWebServer(
    async () => true,
    async () => {},
  );
  expect(server.headersTimeout).toBeLessThanOrEqual(15_000);
  expect(server.requestTimeout).toBeLessThanOrEqual(60_000);
});

test.each([
  ["v18.20.4", true],
  ["v20.18.9", true],
  ["v20.19.0", false],
  ["v20.20.2", false],
  ["v22.1.0", false],
  ["v24.0.0", false],
])("Node %s", (version, isRefused) => {
  expect(nodeProblem(version) !== null).toBe(isRefused);
});

test("whatever reads the environment is told of an old Node with all else", () => {
  vi.stubGlobal("process", { ...process, version: "v18.20.4" });
  onTestFinished(() => void vi.unstubAllGlobals());
  expect(() => readEnv(valid)).toThrow("Node 20.19.0 or newer is needed; this is v18.20.4");
  expect(() => readEnv({ ...valid, PORT: "x" })).toThrow(/^Node 20.*; PORT must be/);
});

test.each([
  [{ EMAIL_PROVIDER: "resend" }, "RESEND_API_KEY is not set, and EMAIL_PROVIDER=resend needs it"],
  [{ EMAIL_PROVIDER: "smtp" }, "SMTP_URL is not set, and EMAIL_PROVIDER=smtp needs it"],
  [
    { SMS_PROVIDER: "twilio", TWILIO_FROM: "+41790000000" },
    "TWILIO_ACCOUNT_SID is not set, and SMS_PROVIDER=twilio needs it; TWILIO_AUTH_TOKEN is not set, and SMS_PROVIDER=twilio needs it",
  ],
])("a provider that lacks what it needs stops the start: %j", (given, problem) => {
  expect(() => readEnv({ ...valid, ...given })).toThrow(problem);
});

test("a provider that has what it needs is taken, and the outbox needs nothing", () => {
  expect(readEnv(valid)).toMatchObject({ EMAIL_PROVIDER: "outbox", SMS_PROVIDER: "outbox" });
  const resend = { EMAIL_PROVIDER: "resend", RESEND_API_KEY: "re_1" };
  expect(readEnv({ ...valid, ...resend })).toMatchObject({ ...resend, RESEND_REQUESTS_PER_SECOND: 2 });
});
