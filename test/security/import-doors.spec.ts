import { expect, test } from "@playwright/test";
import { people, signIn } from "../../e2e/sign-in.ts";
import { ask, baseUrl, cookieFor } from "./http.ts";

const imports = "/api/members/imports";
const sent = {
  method: "POST",
  body: "external_id\nA\n",
  headers: { "content-type": "application/octet-stream", origin: baseUrl },
};

type Door = [what: string, path: string, request: Partial<typeof sent>];

const doors: Door[] = [
  ["how far an import is", `${imports}/999999999`, {}],
  ["an import's errors", `${imports}/999999999/problems`, {}],
  ["a piece of a file", `${imports}/999999999/pieces/0`, sent],
];

for (const [what, path, request] of doors) {
  test(`S1, S31: ${what} is for admins`, async () => {
    for (const [who, status] of Object.entries({ nobody: 401, member: 403, trainer: 403, admin: 404 })) {
      const cookie = who === "nobody" ? "" : await cookieFor(people[who as keyof typeof people]);
      const answer = await ask(path, { ...request, headers: { ...request.headers, cookie } });
      expect({ who, status: answer.status }).toEqual({ who, status });
      expect(answer.headers["cache-control"]).toBe("private, no-store");
    }
  });
}

test("S3, S31: a piece comes from our page, with a number and a size that a piece may have", async () => {
  const cookie = await cookieFor(people.admin);
  const send = async (path: string, further: Partial<typeof sent> = {}) =>
    (await ask(`${imports}/${path}`, { ...sent, ...further, headers: { ...sent.headers, ...further.headers, cookie } }))
      .status;
  const from = (origin: string) => ({ headers: { ...sent.headers, origin } });
  expect(await send("1/pieces/0", from("https://evil.example"))).toBe(403);
  expect(await send("1/pieces/0", from("null"))).toBe(403);
  for (const number of ["-1", "100", "1.5", "x", "1e9"]) {
    expect(await send(`1/pieces/${number}`)).toBe(422);
  }
  expect(await send("1/pieces/0", { body: "a".repeat(600 * 1024) })).toBe(413);
  expect(await send("1/pieces/0", { body: "a".repeat(1024 * 1024 + 1) })).toBe(413);
});

test("S2, B56: what is done with a file is done by admins, from our page, and with sense", async ({ page }) => {
  await signIn(page, "admin", "/admin/members/import");
  const brought = page.waitForRequest((request) => request.headers()["next-action"] !== undefined);
  const buffer = Buffer.from("PK\u0003\u0004");
  await page.getByLabel("Choose a CSV file").setInputFiles({ name: "a.csv", mimeType: "text/csv", buffer });
  const request = await brought;
  await expect(page.getByText(/This is not a CSV file/)).toBeVisible();
  const { "next-action": action = "", "next-router-state-tree": tree = "" } = request.headers();
  const file = { kind: "members", fileName: "a.csv", bytes: 10 };
  const send = async (given: unknown, cookie: string, further: Record<string, string> = {}) => {
    const fixed = { "next-action": action, "next-router-state-tree": tree, "content-type": "text/plain;charset=UTF-8" };
    const headers = { ...fixed, origin: baseUrl, "sec-fetch-site": "same-origin", cookie, ...further };
    const answer = await ask("/admin/members/import", { method: "POST", body: JSON.stringify([given]), headers });
    expect(answer.body).not.toMatch(/syntax error|failed query|node_modules/i);
    return answer.body;
  };
  expect(await send(file, "")).toContain("Please sign in again.");
  for (const who of ["member", "trainer"] as const) {
    expect(await send(file, await cookieFor(people[who]))).toContain("You may not do that.");
  }
  const cookie = await cookieFor(people.admin);
  expect(await send(file, cookie, { origin: "https://evil.example", "sec-fetch-site": "cross-site" })).not.toContain(
    '"ok":true',
  );
  for (const wrong of [
    null,
    {},
    { ...file, kind: "admins" },
    { ...file, bytes: -1 },
    { ...file, bytes: "9" },
    { ...file, isAdmin: 1 },
  ]) {
    expect(await send(wrong, cookie)).toContain('"ok":false');
  }
});
