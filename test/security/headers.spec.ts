import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { sql } from "drizzle-orm";
import { connect } from "#db/client";
import { people, signIn } from "../../e2e/sign-in.ts";
import { findFreePort } from "../../scripts/embedded-postgres.ts";
import { until } from "../support/until.ts";
import { captureSignIn } from "./capture-sign-in.ts";
import { type Answer, ask, baseUrl, cookieFor } from "./http.ts";
import { startProcess } from "./own-process.ts";

const everywhere = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": expect.stringContaining("camera=()"),
};

const routes: [what: string, path: string, status: number, as?: keyof typeof people][] = [
  ["a page for everybody", "/sign-in", 200],
  ["a page with a bad token", "/sign-in/link?token=x", 200],
  ["a page that sends the stranger to sign in", "/admin/workflows", 307],
  ["a page of an admin", "/admin/workflows", 200, "admin"],
  ["a page of a member", "/me/notifications", 200, "member"],
  ["a page that is not for a member", "/admin/workflows", 403, "member"],
  ["a page of one message", "/admin/logs/messages/1", 200, "admin"],
  ["a page for who asked for a link", "/sign-in/link-sent", 200],
  ["a page with a bad link out of mail", "/unsubscribe/1.forged", 400],
  ["a page that does not exist", "/no/such/page", 404],
  ["a page for who comes with a broken cookie", "/account/password", 307],
  ["data for a member", "/api/notifications/unread", 200, "member"],
  ["data without a sign-in", "/api/notifications/unread", 401],
  ["data for another role", "/api/logs/steps", 403, "member"],
  ["data that is asked for wrongly", "/api/logs/steps?before=x", 422, "admin"],
  ["data that does not exist", "/api/no/such/data", 404],
  ["the probe of life", "/healthz", 200],
  ["the probe of readiness", "/readyz", 200],
  ["an address that cannot be read", "/%E0%A4%A", 404],
];

const talkOfTheDatabase = /failed query|select |insert |ECONNREFUSED|127\.0\.0\.1:1|node_modules/i;

const policyOf = ({ headers }: Answer) =>
  new Map(
    (headers["content-security-policy"] ?? "").split("; ").map((part) => part.split(/ (.*)/, 2) as [string, string]),
  );

for (const [what, path, status, as] of routes) {
  test(`${what} (${path}) carries every header and is kept by nobody`, async () => {
    const cookie: Record<string, string> = as ? { cookie: await cookieFor(people[as]) } : {};
    const answer = await ask(path, { headers: cookie });
    expect(answer.status).toBe(status);
    expectEveryHeader(answer);
  });
}

function expectEveryHeader(answer: Answer) {
  expect(answer.headers).toMatchObject(everywhere);
  expect(answer.headers).not.toHaveProperty("x-powered-by");
  expect(answer.headers["cache-control"]).toContain("no-store");
  const policy = policyOf(answer);
  expect(policy.get("base-uri")).toBe("'none'");
  expect(policy.get("frame-ancestors")).toBe("'none'");
  expect(policy.get("object-src") ?? policy.get("default-src")).toBe("'none'");
  expect(policy.get("script-src") ?? policy.get("default-src")).not.toMatch(/unsafe|https?:|\*/);
}

test("a message's HTML has a policy of its own, under which nothing runs or leaves its frame", async () => {
  const { db, close } = connect({ connectionString: process.env.DATABASE_URL ?? "", max: 1 });
  const { rows } = await db.execute<{ id: number }>(sql`select min(message_id) as id from message_bodies`);
  await close();
  const answer = await ask(`/api/messages/${rows[0]?.id}/html`, { headers: { cookie: await cookieFor(people.admin) } });
  expect(answer.status).toBe(200);
  expect(answer.headers).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" });
  expect(answer.headers["cache-control"]).toContain("no-store");
  const policy = policyOf(answer);
  expect([...policy.keys()]).toContain("sandbox");
  expect(Object.fromEntries(policy)).toMatchObject({
    ...{ "default-src": "'none'", "base-uri": "'none'", "form-action": "'none'", "frame-ancestors": "'self'" },
  });
  expect(policy.has("script-src")).toBe(false);
});

test("the stream of news carries every header, too", async () => {
  const cookie = await cookieFor(people.member);
  const ended = new AbortController();
  const { status, headers } = await fetch(`${baseUrl}/api/notifications/stream`, {
    headers: { cookie },
    signal: ended.signal,
  });
  ended.abort();
  expectEveryHeader({ status, headers: Object.fromEntries(headers), body: "" });
});

test("what fails carries every header, is kept by nobody and tells nobody what was asked", async ({ page }) => {
  const { action, tree, body } = await captureSignIn(page);
  const port = await findFreePort();
  const server = `http://localhost:${port}`;
  const { AUTH_SECRET = "" } = process.env;
  const DATABASE_URL = "postgres://app@127.0.0.1:1/none";
  const env = { DATABASE_URL, AUTH_SECRET, APP_URL: server, PORT: String(port), LOG_LEVEL: "silent" };
  const web = startProcess("scripts/web.ts", env);
  try {
    const isAlive = () => ask("/healthz", { server }).catch(() => null);
    await until(isAlive, (answer) => answer?.status === 200, 60_000);
    const cookie = await cookieFor(people.admin);
    for (const [path, status] of [
      ["/readyz", 503],
      ["/api/logs/steps", 500],
      ["/admin/workflows", 500],
    ] as const) {
      const answer = await ask(path, { server, headers: { cookie } });
      expect(answer.status, path).toBe(status);
      expectEveryHeader(answer);
      expect(answer.body).not.toMatch(talkOfTheDatabase);
    }
    const { status, body: said } = await ask("/sign-in", {
      ...{ server, method: "POST", body },
      headers: {
        ...{ origin: server, "next-action": action, "next-router-state-tree": tree, "content-type": "text/plain" },
      },
    });
    expect(status).toBe(500);
    expect(said).not.toMatch(talkOfTheDatabase);
  } finally {
    await web.stop();
  }
});

test("only what shows nobody anything was made when the app was built", () => {
  const { routes, dynamicRoutes } = JSON.parse(readFileSync(".next/prerender-manifest.json", "utf8"));
  expect(Object.keys({ ...routes, ...dynamicRoutes }).sort()).toEqual(["/_global-error", "/icon.svg"]);
});

test("each page has a nonce of its own, and all of its scripts carry it", async () => {
  const pages = [await ask("/sign-in"), await ask("/sign-in")];
  const nonces = pages.map((page) => /'nonce-([^']+)'/.exec(page.headers["content-security-policy"] ?? "")?.[1] ?? "");
  expect(new Set(nonces).size).toBe(2);
  expect(Buffer.from(nonces[0] ?? "", "base64")).toHaveLength(16);
  const scripts = pages[0]?.body.match(/<script\b[^>]*>/g) ?? [];
  expect(scripts.length).toBeGreaterThan(3);
  expect(scripts.filter((script) => !script.includes(`nonce="${nonces[0]}"`))).toEqual([]);
});

test("scripts and styles are kept for ever, and are what they say", async () => {
  const files = (await ask("/sign-in")).body.match(/\/_next\/static\/[^"'\\ ]+\.(?:js|css)/g) ?? [];
  expect(files.length).toBeGreaterThan(2);
  for (const file of new Set(files)) {
    const { status, headers } = await ask(file);
    expect(status).toBe(200);
    expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(headers).toMatchObject(everywhere);
  }
});

test("a shared cache in between never hands one person's answer to another", async () => {
  const kept = new Map<string, Answer>();
  let hits = 0;
  // Keeps whatever it is allowed to, by address alone, as a careless cache would.
  const cache = createServer(async (request, response) => {
    const url = request.url ?? "/";
    const known = kept.get(url);
    hits += known ? 1 : 0;
    const answer = known ?? (await ask(url, { headers: { cookie: request.headers.cookie ?? "" } }));
    if (!/no-store|private/.test(answer.headers["cache-control"] ?? "")) {
      kept.set(url, answer);
    }
    response.writeHead(answer.status, { "content-type": answer.headers["content-type"] ?? "text/plain" });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => cache.listen(0, "127.0.0.1", resolve));
  const { port } = cache.address() as AddressInfo;
  const through = (path: string, cookie: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: { cookie }, redirect: "manual" }).then((answer) =>
      answer.text(),
    );

  const [admin, member] = [await cookieFor(people.admin), await cookieFor(people.member)];
  const file = /\/_next\/static\/[^"'\\ ]+\.js/.exec((await ask("/sign-in")).body)?.[0] ?? "";
  for (const path of [
    "/account/password",
    "/account/password?_rsc=1",
    "/admin/workflows",
    "/me/notifications",
    "/",
    file,
  ]) {
    const first = await through(path, admin);
    const second = await through(path, member);
    const third = await through(path, "");
    if (path.startsWith("/account")) {
      expect(first).toContain(people.admin);
      expect(second).toContain(people.member);
    }
    expect(second).not.toContain(people.admin);
    expect(third).not.toContain(people.admin);
    expect(third).not.toContain(people.member);
  }
  cache.close();
  expect(hits).toBe(2);
  expect([...kept.keys()]).toEqual([file]);
});

const tours: Record<keyof typeof people, string[]> = {
  admin: [
    "/admin",
    "/admin/workflows",
    "/admin/settings",
    "/admin/settings/automation",
    "/admin/settings/sending",
    "/admin/settings/staff",
    "/admin/settings/audit",
    "/admin/logs",
    "/admin/logs/messages",
    "/admin/logs/unconfirmed",
    "/admin/account",
    "/admin/workflows/new",
    "/admin/workflows/1",
    "/admin/templates",
    "/admin/templates/new",
    "/admin/templates/new?channel=email",
    "/admin/templates/1",
    "/admin/templates/2",
    "/account/password",
    "/me/notifications",
    "/no/such",
  ],
  trainer: [
    "/admin",
    "/admin/workflows",
    "/admin/workflows/1",
    "/admin/templates",
    "/admin/templates/2",
    "/admin/logs",
    "/admin/account",
    "/account/password",
  ],
  member: ["/me/notifications", "/me/preferences", "/account/password", "/admin/workflows", "/no/such"],
};

const forEverybody = ["/sign-in", "/sign-in/link-sent", "/sign-in/link?token=x", "/unsubscribe/1.forged"];

for (const who of Object.keys(tours) as (keyof typeof people)[]) {
  test(`no page breaks the policy for ${who}`, async ({ page }) => {
    const violations: string[] = [];
    page.on("console", (message) => {
      if (/content security policy|refused to/i.test(message.text())) {
        violations.push(message.text());
      }
    });
    for (const path of forEverybody) {
      await page.goto(path);
      await expect(page.locator("h1").first()).toBeVisible();
    }
    await signIn(page, who);
    for (const path of tours[who]) {
      await page.goto(path);
      await expect(page.locator("h1").first()).toBeVisible();
    }
    expect(violations).toEqual([]);
  });
}
