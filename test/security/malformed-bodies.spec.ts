import { randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";
import { findFreePort } from "../../scripts/embedded-postgres.ts";
import type { Lag } from "../support/report-lag.ts";
import { captureSignIn } from "./capture-sign-in.ts";
import { ask, baseUrl } from "./http.ts";
import { startProcess, untilReady } from "./own-process.ts";

const { DATABASE_URL = "", AUTH_SECRET = "" } = process.env;

const bodies = [
  () => randomBytes(64).toString("latin1"),
  () => '["$K1"]',
  () => `[${"[".repeat(5_000)}`,
  () => '{"0":"$F1","1":{"id":"__proto__#constructor","bound":null}}',
  () => '["$1:__proto__:constructor:constructor"]',
  () =>
    `--x\r\nContent-Disposition: form-data; name="0"\r\n\r\n["$@1"]\r\n--x\r\nContent-Disposition: form-data; name="1"\r\n\r\n"$@0"\r\n--x--`,
  () => `["${"A".repeat(200_000)}`,
  () => "",
  // These are plain JSON, and reach the decoder and the action behind it.
  () => "[]",
  () => '[{"email":{"$gt":""},"password":["$undefined"]},"$NaN","$D2026-99-99","$n9"]',
  () => `${"[".repeat(18)}1${"]".repeat(18)}`,
  () => `[${JSON.stringify({ email: "A".repeat(200_000) })}]`,
];
const types = [
  "text/plain;charset=UTF-8",
  "multipart/form-data; boundary=x",
  "application/x-www-form-urlencoded",
  "x",
  "text/plain",
];
/** Next reads the third and the fourth as the first, and shows its page for what is not found at the fifth. */
const addresses = [
  "/sign-in",
  "/api/auth/sign-in/email",
  "/api/../sign-in",
  "/api/%2e%2e/sign-in",
  "/api/nothing",
  "/sign-in/nothing",
  "/api/unsubscribe/1.forged",
];

let signIn: Awaited<ReturnType<typeof captureSignIn>>;
test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  signIn = await captureSignIn(page);
  await page.close();
});

for (const address of addresses) {
  test(`a form that could be an action goes no further at ${address}`, async () => {
    const { action } = signIn;
    const body = `--x\r\nContent-Disposition: form-data; name="0"\r\n\r\n["$F1"]\r\n--x--`;
    const form = { origin: baseUrl, "content-type": "multipart/form-data; boundary=x" };
    const named = await ask(address, { method: "POST", body, headers: { ...form, "next-action": action } });
    expect(named).toMatchObject({ status: 415, body: "An action takes JSON alone." });
    const unnamed = await ask(address, { method: "POST", body, headers: form });
    // The last is a handler that mail services may send a form to, and has its own word for a forged address.
    const message = address.startsWith("/api/unsubscribe/") ? "not complete" : "A page takes no such request.";
    expect(unnamed).toMatchObject({ status: 400, body: expect.stringContaining(message) });
  });
}

test("a thousand malformed bodies leave the process alive and quick", async () => {
  const { action, tree } = signIn;
  const port = await findFreePort();
  const server = `http://localhost:${port}`;
  const env = { DATABASE_URL, AUTH_SECRET, APP_URL: server, PORT: String(port), LOG_LEVEL: "silent" };
  const web = startProcess("scripts/web.ts", env, { preload: "test/support/report-lag.ts" });
  try {
    await untilReady(server);
    // What a first page costs is no answer to a malformed body.
    await ask("/sign-in", { server });
    await web.ask("lag");

    const statuses = new Map<number, number>();
    let sent = 0;
    const keepSending = async () => {
      while (sent < 1_000) {
        const number = sent++;
        const { status, body } = await ask(addresses[number % addresses.length] ?? "", {
          server,
          method: "POST",
          body: Buffer.from(bodies[number % bodies.length]?.() ?? "", "latin1"),
          headers: {
            origin: server,
            "next-action": action,
            "next-router-state-tree": tree,
            "content-type": types[number % types.length] ?? "",
          },
        });
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        expect(body).not.toMatch(/node_modules|at \w+ \(|select |insert /i);
      }
    };
    await Promise.all([1, 2, 3, 4].map(keepSending));
    const lag = await web.ask<Lag>("lag");
    console.log(`answers ${JSON.stringify(Object.fromEntries(statuses))}, event loop ${JSON.stringify(lag)}`);

    expect([...statuses.values()].reduce((sum, count) => sum + count)).toBe(1_000);
    expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
    expect(web.isAlive()).toBe(true);
    expect((await ask("/sign-in", { server })).status).toBe(200);
    expect(lag.p99Ms).toBeLessThanOrEqual(200);
  } finally {
    await web.stop();
  }
});
