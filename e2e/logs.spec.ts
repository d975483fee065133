import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import pg from "pg";
import { expectAccessible, expectNoSidewaysScroll, watchComplaints } from "./expectations.ts";
import { signIn } from "./sign-in.ts";
import { test } from "./test.ts";

async function query<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: process.env.OWNER_DATABASE_URL });
  await client.connect();
  const { rows } = await client.query(text, values);
  await client.end();
  return rows;
}

type Sent = { id: string; run_id: string; member_id: string; name: string; step_id: number; queued_at: string };

/** An email of a run's that went out: the newest, or the one before. */
async function pickSent(which: number) {
  const [sent] = await query<Sent>(
    `select m.id, m.run_id, m.member_id, m.step_id, m.queued_at, u.first_name || ' ' || u.last_name as name
     from communication_logs m join users u on u.id = m.member_id join workflow_runs r on r.id = m.run_id
     where m.channel = 'email' and m.status = 'sent' and u.erased_at is null
     order by m.id desc offset $1 limit 1`,
    [which],
  );
  expect(sent).toBeDefined();
  return sent as Sent;
}

/** What delivery writes of a message that ended otherwise. */
async function endOtherwise({ id, run_id, step_id }: Sent, status: "skipped" | "failed", reason: string) {
  await query(
    "update communication_logs set status = $2, reason = $3, sent_at = null, provider_message_id = null, due_at = null where id = $1",
    [id, status, reason],
  );
  await query(
    "update automation_logs set outcome = $3, success = false, reason = $4 where run_id = $1 and step_id = $2",
    [run_id, step_id, status, reason],
  );
}

async function expectToFit(page: Page) {
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

test("somebody finds in the logs why one member got nothing", async ({ page }) => {
  const sent = await pickSent(0);
  await endOtherwise(sent, "skipped", "no_consent");
  const complaints = watchComplaints(page);
  await signIn(page, "admin", "/admin/logs");
  await page.getByRole("combobox", { name: "Member" }).fill(sent.name);
  await page.getByRole("option", { name: sent.name }).first().click();
  await expect(page).toHaveURL(new RegExp(`member=${sent.member_id}`));
  await page.getByRole("combobox", { name: "Outcome" }).selectOption("skipped");
  await expect(page).toHaveURL(/status=skipped/);
  const row = page.getByRole("row").filter({ hasText: "Has not agreed to messages of this kind" });
  await expect(row.first()).toContainText(sent.name);
  await expectToFit(page);

  await page.goto(`/admin/logs/runs/${sent.run_id}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(sent.name);
  const happened = page.getByRole("region", { name: "What happened" });
  await expect(happened).toContainText("Has not agreed to messages of this kind");
  await expectToFit(page);
  await happened.getByRole("link", { name: "Message" }).first().click();
  await expect(page).toHaveURL(/\/admin\/logs\/messages\/\d+$/);
  expect(complaints).toEqual([]);
});

test("a message that failed is sent again, once, after asking", async ({ page }) => {
  const sent = await pickSent(1);
  await endOtherwise(sent, "failed", "refused_by_provider");
  const complaints = watchComplaints(page);
  await signIn(page, "admin", "/admin/logs/messages?status=failed");
  await page.locator(`a[href="/admin/logs/messages/${sent.id}"]`).click();
  await page.getByRole("button", { name: "Send again" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("It reached nobody.");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Send again" }).click();
  await dialog.getByRole("button", { name: "Send again" }).click();
  await expect(page.getByText("It goes out again.")).toBeVisible();
  // What is asked before it leaves decides, not who asked for it: there is one message of the step, whatever becomes of it.
  await expect(page.getByRole("button", { name: "Send again" })).toHaveCount(0);
  const messages = await query<{ id: string }>("select id from communication_logs where run_id = $1 and step_id = $2", [
    sent.run_id,
    sent.step_id,
  ]);
  expect(messages.map(({ id }) => id)).toEqual([sent.id]);
  expect(
    await query("select action from audit_events where subject_type = 'message' and subject_id = $1", [sent.id]),
  ).toEqual([{ action: "message.retried" }]);
  expect(complaints).toEqual([]);
});

test("a run that goes on is cancelled, after asking", async ({ page }) => {
  const sent = await pickSent(2);
  await query(
    `update workflow_runs set status = 'waiting', ended_at = null, reason = null, due_at = now() + interval '3 days'
     where id = $1`,
    [sent.run_id],
  );
  await signIn(page, "admin", `/admin/logs/runs?member=${sent.member_id}&status=waiting`);
  await page.getByRole("row").getByRole("link", { name: sent.name }).first().click();
  await page.getByRole("button", { name: "Cancel run" }).click();
  await expect(page.getByRole("dialog")).toContainText("Nothing more of it is done");
  await page.getByRole("dialog").getByRole("button", { name: "Cancel run" }).click();
  await expect(page.getByText("The run was cancelled.")).toBeVisible();
  await expect(page.getByRole("region", { name: "What happened" })).toContainText("Cancelled by an admin");
  await expect(page.getByRole("button", { name: "Cancel run" })).toHaveCount(0);
  expect(await query("select status, reason from workflow_runs where id = $1", [sent.run_id])).toEqual([
    { status: "cancelled", reason: "stopped_by_hand" },
  ]);
});

test("what a filter shows becomes a file that a spreadsheet may open", async ({ page }) => {
  const sent = await pickSent(3);
  await query("update users set first_name = '=1+1' where id = $1", [sent.member_id]);
  await signIn(page, "admin", `/admin/logs/messages?member=${sent.member_id}`);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^messages-\d{4}-\d{2}-\d{2}\.csv$/);
  const lines = readFileSync(await file.path(), "utf8").split("\r\n");
  expect(lines[0]).toMatch(/^\uFEFFQueued,Sent,Message,Channel,Member number,Member,/);
  expect(lines.at(-1)).toBe("");
  expect(lines.slice(1, -1).every((line) => line.includes(`,${sent.member_id},'=1+1 `))).toBe(true);
  await expect(page.getByText(`${lines.length - 2} row`)).toContainText("exported.");
  expect(
    await query("select after ->> 'member' as member from audit_events where action = 'logs.exported'"),
  ).toContainEqual({ member: sent.member_id });
});

test("the logs are none of the staff's business", async ({ page }) => {
  const { run_id: run } = await pickSent(0);
  await signIn(page, "trainer");
  for (const path of ["/admin/logs/runs", `/admin/logs/runs/${run}`]) {
    expect((await page.goto(path))?.status()).toBe(403);
  }
});

for (const path of ["/admin/logs", "/admin/logs/runs", "/admin/logs/messages"]) {
  test(`${path} is accessible and fits both widths`, async ({ page }) => {
    const complaints = watchComplaints(page);
    await signIn(page, "admin", path);
    await expect(page.getByRole("row").nth(2)).toBeVisible();
    await expectToFit(page);
    expect(complaints).toEqual([]);
  });
}

test("an address that makes no sense shows everything", async ({ page }) => {
  await signIn(page, "admin");
  for (const path of ["/admin/logs", "/admin/logs/runs", "/admin/logs/messages"]) {
    await page.goto(`${path}?member=abc&status=nothing&from=2026-02-30&to=infinity&reason=%25&workflow=-1`);
    await expect(page.getByRole("row").nth(2)).toBeVisible();
  }
  expect((await page.goto("/admin/logs/runs/999999999"))?.status()).toBe(404);
});
