import { randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";
import { findFreePort } from "../../scripts/embedded-postgres.ts";
import type { Lag } from "../support/report-lag.ts";
import { captureSignIn } from "./capture-sign-in.ts";
import { ask } from "./http.ts";
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

test("a thousand malformed bodies leave the process alive and quick", async ({ page }) => {
  const { action, tree } = await captureSignIn(page);
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
        const { status, body } = await ask(number % 3 ? "/sign-in" : "/api/auth/sign-in/email", {
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
