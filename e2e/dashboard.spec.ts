import { expect } from "@playwright/test";
import pg from "pg";
import { expectAccessible, expectNoSidewaysScroll, watchComplaints } from "./expectations.ts";
import { signIn } from "./sign-in.ts";
import { test } from "./test.ts";

async function query(text: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: process.env.OWNER_DATABASE_URL });
  await client.connect();
  const { rows } = await client.query(text, values);
  await client.end();
  return rows;
}

test("an admin sees how the gym is, what workflows did, and what waits for them", { tag: "@redis" }, async ({
  page,
}) => {
  const complaints = watchComplaints(page);
  await signIn(page, "admin", "/admin");
  await expect(page.getByRole("link", { name: "Dashboard" })).toHaveAttribute("aria-current", "page");
  const away = page.getByRole("region", { name: "Away for 30 days" });
  const month = page.getByRole("region", { name: "What workflows did in 30 days" });
  await expect(async () => {
    await page.reload();
    await expect(month.getByRole("row", { name: /^Email [\d,]+ / })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(away.getByRole("listitem").first()).toContainText(/last here|never came/);
  await expect(month.getByRole("img", { name: /^Messages a day/ })).toBeVisible();
  await month.getByText("As a table").click();
  await expect(month.getByRole("table", { name: "Messages by day" }).getByRole("row")).toHaveCount(31);
  await expectAccessible(page);

  await test.step("what waits leads to where it is done", async () => {
    await query("update provider_accounts set failing_since = null, paused_until = null");
    await query(
      `insert into provider_accounts (channel, paused_until, pause_cause, pause_error, failing_since)
       values ('sms', now() + interval '1 hour', 'account_refused', 'The key is wrong', now() - interval '1 hour')
       on conflict (channel) do update set paused_until = excluded.paused_until, pause_cause = excluded.pause_cause,
         pause_error = excluded.pause_error, failing_since = excluded.failing_since`,
    );
    await page.reload();
    const item = page.getByRole("region", { name: "Needs attention" }).getByRole("listitem").filter({ hasText: "SMS" });
    await expect(item).toContainText("has not left since");
    await expect(item).toContainText("The key is wrong");
    await expectAccessible(page);
    await item.getByRole("link").click();
    await page.waitForURL("**/admin/logs/messages");
    await query("update provider_accounts set failing_since = null, paused_until = null where channel = 'sms'");
  });

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/admin");
  await expect(month).toBeVisible();
  await expectNoSidewaysScroll(page);
  await away.getByRole("listitem").first().getByRole("link").click();
  await page.waitForURL(/\/admin\/members\/\d+/);
  expect(complaints).toEqual([]);
});

test("staff see their own tasks, and nothing of the gym", { tag: "@redis" }, async ({ page }) => {
  const complaints = watchComplaints(page);
  await query(
    "insert into staff_tasks (assignee_id, description, due_date) select id, 'Of somebody else', '2020-01-01' from users where email = 'admin@demo.example'",
  );
  await query(
    "insert into staff_tasks (assignee_id, description, due_date) select id, 'Call about the trial', '2020-01-01' from users where email = 'trainer@demo.example'",
  );
  await signIn(page, "trainer", "/admin");
  const tasks = page.getByRole("region", { name: "Your tasks" });
  await expect(tasks.getByRole("listitem").first()).toContainText("Call about the trial");
  await expect(tasks.getByRole("listitem").first()).toContainText("Was due 1 Jan 2020");
  await expect(page.getByText("Of somebody else")).toHaveCount(0);
  await expect(page.getByRole("region")).toHaveCount(1);
  await expectAccessible(page);
  await query("delete from staff_tasks where due_date = '2020-01-01'");
  expect(complaints).toEqual([]);
});
