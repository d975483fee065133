import { expect, test } from "@playwright/test";
import pg from "pg";
import { people } from "../../e2e/sign-in.ts";
import { ask, baseUrl, cookieFor } from "./http.ts";

type Statuses = Record<"nobody" | "member" | "trainer" | "admin", number>;

const audience = (trigger: unknown, workflowId: unknown = 1) => JSON.stringify({ workflowId, trigger });
const birthday = audience({ type: "birthday" });

const doors: [what: string, path: string, body: string | undefined, statuses: Statuses][] = [
  [
    "an unsaved trigger's audience",
    "/api/workflows/audience",
    birthday,
    { nobody: 401, member: 403, trainer: 403, admin: 200 },
  ],
  [
    "the figures of steps",
    "/api/workflows/1/numbers",
    undefined,
    { nobody: 401, member: 403, trainer: 200, admin: 200 },
  ],
  [
    "the email of a tried step",
    "/api/workflows/trial/html",
    "input=nothing",
    { nobody: 401, member: 403, trainer: 403, admin: 400 },
  ],
  [
    "the search for members",
    "/api/members?text=lena",
    undefined,
    { nobody: 401, member: 403, trainer: 403, admin: 200 },
  ],
  [
    "the file of all that is stored about a member",
    "/api/members/999999999/export",
    undefined,
    { nobody: 401, member: 403, trainer: 403, admin: 404 },
  ],
  ...["steps", "runs", "messages"].flatMap((log) =>
    [log, `${log}/export`].map((path): (typeof doors)[number] => [
      `the log of ${path}`,
      `/api/logs/${path}?member=999999999`,
      undefined,
      { nobody: 401, member: 403, trainer: 403, admin: 200 },
    ]),
  ),
];

const post = (body: string | undefined) =>
  body === undefined ? {} : { method: "POST", body, headers: { "content-type": "application/json", origin: baseUrl } };

/** Other tests make as many files as an hour has. */
test.beforeAll(async () => {
  const client = new pg.Client({ connectionString: process.env.OWNER_DATABASE_URL });
  await client.connect();
  await client.query("delete from audit_events where action in ('logs.exported', 'member.exported')");
  await client.end();
});

for (const [what, path, body, statuses] of doors) {
  test(`S1: ${what} is for whom it is meant`, async () => {
    for (const [who, status] of Object.entries(statuses)) {
      const cookie = who === "nobody" ? "" : await cookieFor(people[who as keyof typeof people]);
      const sent = post(body);
      const answer = await ask(path, { ...sent, headers: { ...sent.headers, cookie } });
      expect({ who, status: answer.status }).toEqual({ who, status });
      expect(answer.headers["cache-control"]).toBe("private, no-store");
      if (status >= 400) {
        expect(Object.keys(JSON.parse(answer.body)).sort()).toEqual(["fields", "message"]);
      }
    }
  });
}

test("B56: whatever is sent as a trigger is answered in words, and from another site nothing is", async () => {
  const cookie = await cookieFor(people.admin);
  const send = (body: string, headers = {}) =>
    ask("/api/workflows/audience", { ...post(body), headers: { ...post(body).headers, cookie, ...headers } });
  const wrong: [string, number][] = [
    ["", 400],
    ["{", 400],
    ["[]", 422],
    [audience(null), 422],
    [audience({ type: "full_moon" }), 422],
    [audience({ type: "low_engagement", params: { inactive_days: "30 days" } }), 422],
    [audience({ type: "birthday" }, "1"), 422],
    [audience({ type: "tag_added", params: { tag: "a\0" } }), 422],
    [`{"workflowId":1,"trigger":${"[".repeat(5_000)}${"]".repeat(5_000)}}`, 422],
    [JSON.stringify({ workflowId: 1, trigger: {}, isAdmin: true }), 422],
  ];
  for (const [body, status] of wrong) {
    const answer = await send(body);
    expect({ body: body.slice(0, 60), status: answer.status }).toEqual({ body: body.slice(0, 60), status });
    expect(JSON.parse(answer.body).message).toMatch(/^[A-Z]/);
  }
  expect((await send(birthday, { origin: "https://evil.example" })).status).toBe(403);
});

test("what the database keeps of a workflow is untouched by looking at whom it would reach", async () => {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const read = async () =>
    (await client.query("select id, revision, updated_at from automation_workflows order by id")).rows;
  const before = await read();
  const sent = post(birthday);
  await ask("/api/workflows/audience", {
    ...sent,
    headers: { ...sent.headers, cookie: await cookieFor(people.admin) },
  });
  expect(await read()).toEqual(before);
  await client.end();
});
