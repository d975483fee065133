import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { test } from "../test/support/database.ts";
import { createMember } from "../test/support/factories.ts";
import { runScript } from "../test/support/run-script.ts";
import { openAuth, secret, signIn } from "../test/support/sign-in.ts";

const runAdmin = (appUrl: string, ...args: string[]) =>
  runScript("scripts/admin.ts", args, {
    DATABASE_URL: appUrl,
    APP_URL: "https://app.gym.example",
    AUTH_SECRET: secret,
  });

const tokenIn = (output: string) => /sign-in\/link\?token=(\w+)/.exec(output)?.[1] ?? "";

test("a fresh installation knows nobody", async ({ database: { db } }) => {
  const { rows } = await db.execute(sql`select from auth_users`);
  expect(rows).toEqual([]);
  const names = ["admin@gym.example", "admin@example.com", "root@localhost.local", "admin@admin.com"];
  const passwords = ["admin", "password", "admin123", "changeme", "demo-demo-demo"];
  for (const [place, email] of names.entries()) {
    for (const typed of passwords) {
      expect((await signIn(db, email, typed, { address: `203.0.113.${place}` })).status).toBe(401);
    }
  }
});

test("the first admin gets a link that needs no mail and works once", async ({ database: { db, appUrl } }) => {
  const { code, out } = await runAdmin(appUrl, "create", "Boss@gym.example");
  expect(code).toBe(0);
  expect(out).toContain("boss@gym.example is a new admin.");
  const { auth } = openAuth(db);
  const query = { token: tokenIn(out) };
  const { user } = await auth.api.magicLinkVerify({ query, headers: new Headers() });
  expect(user.email).toBe("boss@gym.example");
  await expect(auth.api.magicLinkVerify({ query, headers: new Headers() })).rejects.toMatchObject({ statusCode: 302 });
  const { rows } = await db.execute(sql`
    select u.role, (select count(*)::int from communication_logs) as mails,
           (select action from audit_events where subject_id = u.id) as audit
    from users u where email = 'boss@gym.example'`);
  expect(rows).toEqual([{ role: "admin", mails: 0, audit: "admin_created" }]);
});

test("again, it finds the admin and prints another link", async ({ database: { db, appUrl } }) => {
  const first = await runAdmin(appUrl, "create", "again@gym.example");
  const second = await runAdmin(appUrl, "create", "again@gym.example");
  expect(second.out).toContain("is an admin already");
  expect(tokenIn(second.out)).not.toBe(tokenIn(first.out));
  const { rows } = await db.execute(sql`select from users where email = 'again@gym.example'`);
  expect(rows).toHaveLength(1);
});

test("staff become admin, and members who share the address stay what they are", async ({
  database: { db, appUrl },
}) => {
  const staff = await createMember(db, { role: "staff", email: "desk@gym.example", firstName: "Dora" });
  const member = await createMember(db, { email: "desk@gym.example" });
  const { out } = await runAdmin(appUrl, "create", "desk@gym.example");
  expect(out).toContain("was staff and is an admin now");
  const { rows } = await db.execute(sql`select id, role from users where email = 'desk@gym.example' order by id`);
  expect(rows).toEqual([
    { id: staff.id, role: "admin" },
    { id: member.id, role: "member" },
  ]);
});

test.each([
  [["create"], /Usage/],
  [["create", "not an address"], /"not an address" is not an email address/],
  [["create", "a@b.example", "--force"], /Unknown option/],
  [["merge-members", "1"], /Usage/],
  [["merge-members", "1", "2", "3"], /Usage/],
  [["erase-member"], /Usage/],
  [["erase-member", "1", "2"], /Usage/],
  [["export-member", "1", "--yes"], /Usage/],
])("%j is refused with a word on why", async (args, message) => {
  const { code, error } = await runAdmin("postgres://app@127.0.0.1:1/none", ...args);
  expect(code).toBe(1);
  expect(error).toMatch(message);
});

test("a database that does not answer is one line", async () => {
  const { code, error } = await runAdmin("postgres://app:hunter2@127.0.0.1:1/none", "create", "a@b.example");
  expect(code).toBe(1);
  expect(error).toBe("The database does not answer. Is it running, and is DATABASE_URL right?\n");
});

test("E45: merging says what would become of two records, and does it when it is meant", async ({
  database: { db, appUrl },
}) => {
  const keep = await createMember(db, { externalId: "A-1" });
  const drop = await createMember(db, { externalId: "A-2", visits: ["2026-11-01", "2026-11-02"] });
  const shown = await runAdmin(appUrl, "merge-members", "A-1", `id:${drop.id}`);
  expect(shown).toMatchObject({ code: 0, error: "" });
  expect(shown.out).toContain(`would become member ${keep.id}'s. Nothing was changed: --yes does it`);
  expect(shown.out).toContain("  visits: 2\n");
  const visits = sql`select count(*)::int as count from visits where member_id = ${keep.id}`;
  expect((await db.execute(visits)).rows).toEqual([{ count: 0 }]);

  expect(await runAdmin(appUrl, "merge-members", "A-1", "A-2", "--yes")).toMatchObject({
    code: 0,
    out: expect.stringContaining(`is member ${keep.id}'s now.`),
  });
  expect((await db.execute(visits)).rows).toEqual([{ count: 2 }]);
  expect(await runAdmin(appUrl, "merge-members", "A-1", "A-2", "--yes")).toMatchObject({
    code: 0,
    out: expect.stringContaining("had been merged before"),
  });
});

test("E45: who cannot be merged is named", async ({ database: { db, appUrl } }) => {
  const member = await createMember(db);
  await createMember(db, { externalId: String(member.id) });
  const staff = await createMember(db, { role: "staff" });
  for (const [keep, drop, reason] of [
    [`id:${member.id}`, "nobody", 'DROP: there is no member "nobody"'],
    [String(member.id), `id:${staff.id}`, `KEEP: "${member.id}" is one's external id and another's number`],
    [`id:${member.id}`, `id:${staff.id}`, `drop: ${staff.id} is staff: only members are merged`],
  ] as const) {
    const { code, error } = await runAdmin(appUrl, "merge-members", keep, drop, "--yes");
    expect(code).toBe(1);
    expect(error).toContain(reason);
  }
});

test("G26: a member is given all that is stored about them, and erased when it is meant", async ({
  database: { db, appUrl },
}) => {
  const { id } = await createMember(db, { externalId: "Z-9", firstName: "Zoe", visits: ["2026-11-01"] });
  const told = await runAdmin(appUrl, "export-member", "Z-9");
  expect(told).toMatchObject({ code: 0, error: "" });
  const { memberId, records } = JSON.parse(told.out);
  expect(memberId).toBe(id);
  expect(records).toMatchObject({
    users: [{ id, first_name: "Zoe" }],
    visits: [{ visited_on: "2026-11-01" }],
    credit_entries: [],
  });
  expect(records).not.toHaveProperty("auth_accounts");

  const name = sql`select first_name as name from users where id = ${id}`;
  const shown = await runAdmin(appUrl, "erase-member", "Z-9");
  expect(shown.error).toBe("");
  expect(shown.out).toContain(`Member ${id} would be erased. Nothing was changed: --yes does it, for good.\n`);
  expect(shown.out).toContain("  visits: 1\n");
  expect((await db.execute(name)).rows).toEqual([{ name: "Zoe" }]);
  expect((await runAdmin(appUrl, "erase-member", "Z-9", "--yes")).out).toContain(`Member ${id} is erased`);
  expect((await db.execute(name)).rows).toEqual([{ name: "" }]);
  expect((await runAdmin(appUrl, "erase-member", "Z-9")).error).toContain('there is no member "Z-9"');
});
