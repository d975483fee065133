import { expect, test } from "@playwright/test";
import pg from "pg";
import { people, signIn } from "../../e2e/sign-in.ts";
import { ask, baseUrl, cookieFor } from "./http.ts";

/** The demo's member. */
const address = "/admin/members/8";

async function readTags(): Promise<string[]> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const { rows } = await client.query("select tag from member_tags where member_id = 8 order by tag");
  await client.end();
  return rows.map(({ tag }) => tag);
}

const disguises: Record<string, string>[] = [
  {},
  { rsc: "1" },
  { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
];

for (const path of ["/admin/members", address, `${address}?why=4`]) {
  test(`S1: ${path} is for admins, and tells nobody else of a member`, async () => {
    for (const [who, status] of Object.entries({ nobody: 307, member: 403, trainer: 403, admin: 200 })) {
      const cookie = who === "nobody" ? "" : await cookieFor(people[who as keyof typeof people]);
      for (const headers of disguises) {
        const answer = await ask(path, { headers: { ...headers, cookie } });
        if (!("rsc" in headers)) {
          expect({ who, status: answer.status }).toEqual({ who, status });
        }
        if (status !== 200) {
          expect(answer.body, who).not.toMatch(/@demo\.example|Brunner/);
        }
      }
    }
  });
}

test("S2, B56: what is done for a member is done by admins, from our page, and with sense", async ({ page }) => {
  await signIn(page, "admin");
  await page.goto(address);
  const sent = page.waitForRequest((request) => request.headers()["next-action"] !== undefined);
  await page.getByRole("combobox", { name: "New tag" }).fill("first");
  await page.keyboard.press("Enter");
  const request = await sent;
  await expect(page.getByRole("button", { name: "Remove tag: first" })).toBeVisible();
  const before = await readTags();

  const send = async (tag: unknown, headers: Record<string, string>, memberId: unknown = 8) => {
    const { "next-action": action = "", "next-router-state-tree": tree = "" } = request.headers();
    const fixed = { "next-action": action, "next-router-state-tree": tree, "content-type": "text/plain;charset=UTF-8" };
    const answer = await ask(address, {
      method: "POST",
      body: JSON.stringify([{ memberId, tag }]),
      headers: { ...fixed, origin: baseUrl, "sec-fetch-site": "same-origin", ...headers },
    });
    expect(answer.body).not.toMatch(/syntax error|failed query|node_modules/i);
    return answer.body;
  };
  const cookie = await cookieFor(people.admin);
  expect(await send("second", { cookie: "" })).toContain("Please sign in again.");
  for (const who of ["member", "trainer"] as const) {
    expect(await send("second", { cookie: await cookieFor(people[who]) })).toContain("You may not do that.");
  }
  for (const headers of [{ origin: "https://evil.example" }, { origin: "null" }] as Record<string, string>[]) {
    expect(await send("second", { cookie, "sec-fetch-site": "cross-site", ...headers })).not.toContain('"ok":true');
  }
  for (const wrong of ["", "  ", "x".repeat(51), "a\0b", "\ud800", null, 5, ["vip"], { tag: "vip" }]) {
    expect(await send(wrong, { cookie })).toContain('"fields":{"tag"');
  }
  for (const nobody of [999_999_999, 1.5, -1, "8", null]) {
    expect(await send("second", { cookie }, nobody)).toContain('"ok":false');
  }
  expect(await readTags()).toEqual(before);
  expect(await send("first", { cookie })).toContain('"ok":true');
  expect(await readTags()).toEqual(before);
});

test("S2: a member is erased by an admin who means them, and by nobody else", async ({ page }) => {
  await signIn(page, "admin", address);
  await page.getByRole("button", { name: "Erase" }).click();
  const sent = page.waitForRequest((request) => request.headers()["next-action"] !== undefined);
  await page.getByRole("textbox", { name: /^Type / }).fill("Somebody else");
  await page.getByRole("button", { name: "Erase for good" }).click();
  const request = await sent;
  const { "next-action": action = "", "next-router-state-tree": tree = "" } = request.headers();
  const send = async (typed: string, headers: Record<string, string>, memberId: unknown = 8) => {
    const fixed = { "next-action": action, "next-router-state-tree": tree, "content-type": "text/plain;charset=UTF-8" };
    const answer = await ask(address, {
      method: "POST",
      body: JSON.stringify([{ memberId, typed, token: crypto.randomUUID() }]),
      headers: { ...fixed, origin: baseUrl, "sec-fetch-site": "same-origin", ...headers },
    });
    return answer.body;
  };
  const name = "Lena Brunner";
  expect(await send(name, { cookie: "" })).toContain("Please sign in again.");
  for (const who of ["member", "trainer"] as const) {
    expect(await send(name, { cookie: await cookieFor(people[who]) })).toContain("You may not do that.");
  }
  const cookie = await cookieFor(people.admin);
  const elsewhere = { cookie, origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  expect(await send(name, elsewhere)).not.toContain('"ok":true');
  for (const typed of ["", "Lena", "Brunner Lena", "8"]) {
    expect(await send(typed, { cookie })).toContain('"fields":{"typed"');
  }
  for (const nobody of [999_999_999, -1, "8", null]) {
    expect(await send(name, { cookie }, nobody)).toContain('"ok":false');
  }
  await page.goto(address);
  await expect(page.getByRole("heading", { name })).toBeVisible();
});
