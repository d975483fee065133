import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect as connectTcp } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "@playwright/test";
import pg from "pg";
import { people, signIn } from "../../e2e/sign-in.ts";
import { captureSignIn } from "./capture-sign-in.ts";
import { ask, baseUrl, cookieFor } from "./http.ts";

async function query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

const evil = { "x-forwarded-host": "evil.example", "x-forwarded-for": "198.51.100.66", "x-forwarded-proto": "https" };

test("forged headers change neither whom the limits count nor where mailed links lead", async ({ browser }) => {
  const email = `forged-${randomBytes(4).toString("hex")}@gym.example`;
  const statuses = [];
  for (let guess = 0; guess < 12; guess++) {
    const forged = { ...evil, "x-forwarded-for": `198.51.100.${guess}`, "x-client-address": `198.51.100.${guess}` };
    const { status } = await ask("/api/auth/sign-in/email", {
      method: "POST",
      headers: { "content-type": "application/json", origin: baseUrl, ...forged },
      body: JSON.stringify({ email, password: "a wrong password" }),
    });
    statuses.push(status);
  }
  expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
  const keys = await query<{ key: string }>("select key from sign_in_attempts where key like '%network:%'");
  expect(keys.filter(({ key }) => key.includes("198.51.100"))).toEqual([]);

  const context = await browser.newContext({ baseURL: baseUrl, extraHTTPHeaders: evil });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("Email").first().fill(people.trainer);
  await page.getByRole("button", { name: "Email me a link" }).click();
  await expect(page.getByRole("heading", { name: "Check your inbox" })).toBeVisible();
  const [mail] = await query<{ text: string; html: string }>(
    `select b.text, b.html from message_bodies b join communication_logs m on m.id = b.message_id
     where m.class = 'sign_in' and m.recipient = $1 order by m.id desc limit 1`,
    [people.trainer],
  );
  expect(mail?.text).toContain(`${baseUrl}/sign-in/link?token=`);
  expect(`${mail?.text} ${mail?.html}`).not.toContain("evil.example");
  await context.close();
});

test("an unknown host is turned away, and a probe is not", async () => {
  expect((await ask("/sign-in", { headers: { host: "evil.example" } })).status).toBe(421);
  expect((await ask("/healthz", { headers: { host: "10.0.0.9:3000" } })).status).toBe(200);
});

test("of six ways to send an action, the one from our own page is taken", async ({ page }) => {
  const { action, tree, body } = await captureSignIn(page);

  const send = (headers: Record<string, string>) =>
    ask("/sign-in", {
      method: "POST",
      body,
      headers: {
        "next-action": action,
        "next-router-state-tree": tree,
        "content-type": "text/plain;charset=UTF-8",
        ...headers,
      },
    });
  expect((await send({ origin: baseUrl, "sec-fetch-site": "same-origin" })).body).toContain("do not go together");
  for (const headers of [
    { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    { origin: "null", "sec-fetch-site": "cross-site" },
    {},
    { origin: "https://evil.example", ...evil },
    { origin: baseUrl.replace("http:", "https:"), "sec-fetch-site": "same-site" },
  ]) {
    expect((await send(headers as Record<string, string>)).body).not.toContain("do not go together");
  }
});

test("a sandboxed frame cannot sign anybody in", async ({ page }) => {
  const form = `<form method="post" action="/relay"><input name="email" value="${people.member}">
    <input name="password" value="demo-gym-2026"></form><script>document.forms[0].submit()</script>`;
  // The relay hands on what the browser sent, and so knows the answer however the browser treats it.
  const evil = createServer(async (request, response) => {
    if (request.url !== "/relay") {
      response.setHeader("content-type", "text/html");
      response.end(
        `<base href="http://${request.headers.host}/"><iframe sandbox="allow-scripts allow-forms" srcdoc='${form}'></iframe>`,
      );
      return;
    }
    const { host: _host, connection: _connection, "content-length": _length, ...headers } = request.headers;
    const sent = { method: "POST", headers: headers as Record<string, string>, body: await text(request) };
    const answer = await ask("/api/auth/sign-in/email", sent);
    response.writeHead(answer.status).end();
    evil.emit("relayed", request.headers.origin, answer);
  });
  await new Promise<void>((resolve) => evil.listen(0, "127.0.0.1", resolve));
  const relayed = once(evil, "relayed");
  await page.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`);
  const [origin, answer] = await relayed;
  expect(origin).toBe("null");
  expect(answer.status).toBe(403);
  expect(answer.headers["set-cookie"]).toBeUndefined();
  evil.close();
});

test("an action without the right to it does nothing, whoever knows its name", async ({ page, context }) => {
  const ids: { action: string; body: string; tree: string }[] = [];
  page.on("request", (request) => {
    const action = request.headers()["next-action"];
    if (action) {
      ids.push({ action, body: request.postData() ?? "", tree: request.headers()["next-router-state-tree"] ?? "" });
    }
  });
  await signIn(page, "admin");
  await page.goto("/account/password");
  await page.getByLabel("Current password").fill("not the password");
  await page.getByLabel("New password", { exact: true }).fill("quite another phrase");
  await page.getByLabel("New password, again").fill("quite another phrase");
  await page.getByRole("button", { name: "Save password" }).click();
  await expect(page.getByText("This is not your password.")).toBeVisible();
  await context.clearCookies();
  const captured = ids.at(-1);
  const { body } = await ask("/account/password", {
    method: "POST",
    body: captured?.body,
    headers: {
      origin: baseUrl,
      "next-action": captured?.action ?? "",
      "next-router-state-tree": captured?.tree ?? "",
      "content-type": "text/plain;charset=UTF-8",
    },
  });
  expect(body).toContain("Please sign in again.");
});

test("too large, without a length, or no request at all: the connection ends before a page is asked", async () => {
  const large = await ask("/sign-in", {
    method: "POST",
    headers: { origin: baseUrl, "content-length": "2000000" },
    body: "x",
  }).catch((error: NodeJS.ErrnoException) => ({ status: error.code === "ECONNRESET" ? 413 : 0 }));
  expect(large.status).toBe(413);
  const chunked = await raw(
    `POST /sign-in HTTP/1.1\r\nHost: ${new URL(baseUrl).host}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`,
  );
  expect(chunked).toMatch(/^HTTP\/1\.1 411 /);
  expect(await raw("GARBAGE\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
  expect(await raw(`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${"a".repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
});

test("pages and data are what their owners may see, however the path is dressed up", async () => {
  const member = await cookieFor(people.member);
  const disguises: Record<string, string>[] = [
    {},
    { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" },
    { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy", "x-path": "/sign-in" },
    { rsc: "1" },
    { rsc: "1", "next-router-prefetch": "1" },
    { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
    { "x-nextjs-data": "1" },
    { "x-original-url": "/sign-in", "x-rewrite-url": "/sign-in" },
  ];
  for (const path of ["/admin/workflows", "/admin/logs", "/admin/workflows?_rsc=abc", "/admin/workflows.rsc"]) {
    for (const headers of disguises) {
      for (const cookie of ["", member]) {
        const { body } = await ask(path, { headers: { ...headers, cookie } });
        expect(body, `${path} ${JSON.stringify(headers)}`).not.toMatch(/Run now|What happens by itself when a member/);
      }
    }
  }
  const { body } = await ask("/admin/workflows", { headers: { cookie: await cookieFor(people.admin) } });
  expect(body).toMatch(/What happens by itself when a member/);
});

function raw(text: string): Promise<string> {
  const { port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const socket = connectTcp(Number(port), "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("error", (error: NodeJS.ErrnoException) =>
      error.code === "ECONNRESET" ? resolve(answer) : reject(error),
    );
    socket.on("close", () => resolve(answer));
  });
}
