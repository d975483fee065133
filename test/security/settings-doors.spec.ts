import { expect, test } from "@playwright/test";
import pg from "pg";
import { people, signIn } from "../../e2e/sign-in.ts";
import { ask, baseUrl, cookieFor } from "./http.ts";

async function readSettings() {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const { rows } = await client.query("select * from gym_settings");
  await client.end();
  return rows[0];
}

const pages = [
  "/admin/settings",
  "/admin/settings/automation",
  "/admin/settings/sending",
  "/admin/settings/staff",
  "/admin/settings/audit",
];

const disguises: Record<string, string>[] = [
  {},
  { rsc: "1" },
  { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
];

for (const path of pages) {
  test(`S1: ${path} is for admins, and tells nobody else anything`, async () => {
    for (const [who, status] of Object.entries({ nobody: 307, member: 403, trainer: 403, admin: 200 })) {
      const cookie = who === "nobody" ? "" : await cookieFor(people[who as keyof typeof people]);
      for (const headers of disguises) {
        const answer = await ask(path, { headers: { ...headers, cookie } });
        if (!("rsc" in headers)) {
          expect({ who, status: answer.status }).toEqual({ who, status });
        }
        if (status !== 200) {
          expect(answer.body, who).not.toMatch(/quietHours|brakeMinRuns|switched on|admin@demo\.example/);
        }
      }
    }
  });
}

test("S2, S10, B56: settings are changed by admins, from our page, and with sense", async ({ page }) => {
  const path = "/admin/settings/automation";
  await signIn(page, "admin", path);
  const sent = page.waitForRequest((request) => request.headers()["next-action"] !== undefined);
  const brake = page.getByRole("form", { name: "The brake" });
  await brake.getByRole("textbox", { name: "More runs than" }).fill("55");
  await brake.getByRole("button", { name: "Save" }).click();
  const request = await sent;
  await expect(page.getByText("The brake: saved.")).toBeVisible();
  const before = await readSettings();
  const [{ values }] = JSON.parse(request.postData() ?? "[]");
  const next = { ...values, brakeMinRuns: "66" };

  const send = async (input: unknown, headers: Record<string, string>) => {
    const { "next-action": action = "", "next-router-state-tree": tree = "" } = request.headers();
    const fixed = { "next-action": action, "next-router-state-tree": tree, "content-type": "text/plain;charset=UTF-8" };
    const answer = await ask(path, {
      method: "POST",
      body: JSON.stringify([input]),
      headers: { ...fixed, origin: baseUrl, "sec-fetch-site": "same-origin", ...headers },
    });
    expect(answer.body).not.toMatch(/syntax error|failed query|node_modules/i);
    return answer.body;
  };
  const good = { group: "brake", values: next, seen: values };
  const cookie = await cookieFor(people.admin);
  expect(await send(good, { cookie: "" })).toContain("Please sign in again.");
  for (const who of ["member", "trainer"] as const) {
    expect(await send(good, { cookie: await cookieFor(people[who]) })).toContain("You may not do that.");
  }
  expect(await send(good, { cookie, origin: "https://evil.example", "sec-fetch-site": "cross-site" })).not.toContain(
    '"ok":true',
  );
  const wrong = [
    null,
    "brake",
    { ...good, group: "id" },
    { ...good, group: "constructor" },
    { ...good, isAdmin: true },
    { ...good, values: { ...next, senderAddress: "evil@example.com" } },
    { ...good, values: { ...next, brakeMinRuns: 66 } },
    { ...good, values: { ...next, brakeMinRuns: { $gt: 1 } } },
    { ...good, values: [] },
    { ...good, seen: null },
  ];
  for (const input of wrong) {
    expect(await send(input, { cookie }), JSON.stringify(input)).not.toContain('"ok":true');
  }
  expect(await readSettings()).toEqual(before);
});
