import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { untilReady } from "../test/security/own-process.ts";
import { readEverything, startRedis } from "../test/support/redis.ts";
import { until } from "../test/support/until.ts";
import { expectAccessible, expectNoSidewaysScroll, watchComplaints } from "./expectations.ts";
import { openOwnGym } from "./own-gym.ts";
import { people, signIn } from "./sign-in.ts";
import { test } from "./test.ts";

test("an admin hands a member all that is stored about them, and is told when it was too often", {
  tag: "@redis",
}, async ({ page }) => {
  const complaints = watchComplaints(page);
  await signIn(page, "admin", "/admin/members/8");
  const started = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  const download = await started;
  expect(download.suggestedFilename()).toBe("member-8.json");
  const told = JSON.parse(await readFile(await download.path(), "utf8"));
  expect(told.records.users).toMatchObject([{ id: 8, email: people.member }]);
  expect(told.records.visits.length).toBeGreaterThan(10);
  expect(complaints).toEqual([]);

  await expect(async () => {
    await page.getByRole("button", { name: "Export" }).click();
    await expect(page.getByText(/10 such files within an hour/)).toBeVisible({ timeout: 1_000 });
  }).toPass();
});

type Place = { place: string; found: number };

/** Where a word still stands in the database, in whatever can hold text. */
const placesOf = `
  select c.table_name || '.' || c.column_name as place,
    (xpath('/row/c/text()', query_to_xml(format(
      'select count(*) as c from %I where strpos(lower(%I::text), %L) > 0', c.table_name, c.column_name, $1::text), false, true, '')))[1]::text::int as found
  from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
  where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
    and c.data_type in ('text', 'jsonb', 'json', 'character varying', 'ARRAY')`;

test("G26: a member is erased while the worker works, and nothing names them: no table, no queue, no log", {
  tag: "@redis",
}, async ({ browser }) => {
  test.setTimeout(180_000);
  const redis = await startRedis();
  const gym = await openOwnGym({ REDIS_URL: redis.url, LOG_LEVEL: "debug" });
  const page = await browser.newPage({ baseURL: gym.server });
  const complaints = watchComplaints(page);
  const words = ["zoequux", "zoe.quux@quux.example", "41791234577"];
  const findWords = async () => {
    const rows = await Promise.all(words.map((word) => gym.query<Place>(placesOf, [word])));
    return rows.flat().flatMap(({ place, found }) => (found > 0 ? [place] : []));
  };
  try {
    await untilReady(gym.server);
    await gym.query(`
      update users set first_name = 'Zoequux', email = 'zoe.quux@quux.example', phone = '+41791234577' where id = 8`);
    // It is her birthday, and the worker writes to her.
    await gym.query("update automation_workflows set is_enabled = true where name = 'Birthday'");
    await gym.query(
      "update users set birth_date = (now() at time zone 'Europe/Zurich')::date - interval '30 years' where id = 8",
    );
    await gym.query("insert into member_tags (member_id, tag) values (8, 'zoequux-vip')");
    await gym.query(
      "insert into requests (type, workflow_id) select 'sweep', id from automation_workflows where name = 'Birthday'",
    );
    await until(
      findWords,
      (places) => ["users.email", "member_tags.tag", "message_bodies.own"].every((place) => places.includes(place)),
      60_000,
    );

    await page.goto("/admin/members/8");
    await page.getByLabel("Email").first().fill(people.admin);
    await page.getByLabel("Password").first().fill("demo-gym-2026");
    await page.getByRole("button", { name: /^sign in$/i }).click();
    await page.waitForURL(/members\/8/);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoSidewaysScroll(page);
    await page.getByRole("button", { name: "Erase" }).click();
    const dialog = page.getByRole("dialog", { name: "Erase Zoequux Brunner" });
    const typed = dialog.getByRole("textbox");
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await typed.fill("Lena Brunner");
    await dialog.getByRole("button", { name: "Erase for good" }).click();
    await expect(typed).toHaveAccessibleDescription(/neither the name nor the email/);
    expect(await gym.query("select 1 from audit_events where action = 'member.erased'")).toEqual([]);

    await expect(async () => {
      // A message on its way bars it for a moment.
      await typed.fill(" zoequux  brunner ");
      await dialog.getByRole("button", { name: "Erase for good" }).click();
      await page.waitForURL(/erased=8/, { timeout: 3_000 });
    }).toPass();
    await expect(page.getByRole("status").filter({ hasText: "Member 8 is erased" })).toBeVisible();
    await expectNoSidewaysScroll(page);
    await page.getByRole("searchbox", { name: "Search members" }).fill("zoequux");
    await expect(page.getByText("Nobody fits")).toBeVisible();
    await page.goto("/admin/members/8");
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();

    expect(
      await gym.query(
        "select subject_id::int as id, actor_id is not null as named from audit_events where action = 'member.erased'",
      ),
    ).toEqual([{ id: 8, named: true }]);
    expect(await findWords()).toEqual([]);
    const queue = (await readEverything(redis.client)).toLowerCase();
    expect(queue).toContain("automation");
    const log = gym.printed().toLowerCase();
    expect(log).toContain("worker started");
    for (const word of words) {
      expect(queue).not.toContain(word);
      expect(log).not.toContain(word);
    }
    // The browser itself tells of the page that is not there any more.
    expect(complaints.filter((line) => !line.includes("404"))).toEqual([]);
  } finally {
    await page.close();
    await gym.stop();
    await redis.stop();
  }
});
