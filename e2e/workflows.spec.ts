import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { quickCommand } from "./command.ts";
import { expectAccessible, expectNoSidewaysScroll, watchComplaints } from "./expectations.ts";
import { signIn } from "./sign-in.ts";
import { test } from "./test.ts";

const workflow = (page: Page, name: string) => page.getByRole("article", { name });

test("an admin switches a workflow on, runs it, watches it in the logs and reads what was sent", {
  tag: "@queue",
}, async ({ browser }) => {
  const admin = await (await browser.newContext()).newPage();
  const complaints = watchComplaints(admin);
  const member = await (await browser.newContext()).newPage();

  await signIn(member, "member");
  await expect(member).toHaveURL(/\/me\/notifications$/);
  const unreadBefore = await countUnread(member);

  await signIn(admin, "admin", "/admin/workflows");
  await expect(admin.getByRole("heading", { level: 1 })).toHaveText("Workflows");
  const birthday = workflow(admin, "Birthday");
  await expect(birthday).toContainText("When a member has a birthday");
  await expect(birthday.getByText("Off", { exact: true })).toBeVisible();

  await test.step("switching on shows how many match now, and asks", async () => {
    await birthday.getByRole("switch").press("Space");
    const dialog = admin.getByRole("dialog", { name: "Switch on “Birthday”" });
    await expect(dialog.getByText(/members? match(es)? now/).first()).toBeVisible();
    await expect(dialog.getByLabel("Only from now on")).toBeChecked();
    await expectAccessible(admin);
    await dialog.getByLabel("Also those who match now").check();
    await dialog.getByRole("button", { name: "Switch on" }).click();
    await expect(dialog).toBeHidden();
    await expect(birthday.getByText("On", { exact: true })).toBeVisible();
    await expect(birthday.getByText(/Started \d+ runs?\./)).toBeVisible({ timeout: 30_000 });
  });

  await test.step("run now starts nobody twice", async () => {
    await birthday.getByRole("button", { name: "Run Birthday now" }).click();
    await expect(birthday.getByText(/Nobody to start for/)).toBeVisible({ timeout: 30_000 });
  });

  await test.step("the logs show it, of that workflow alone", async () => {
    await birthday.getByRole("link", { name: "See what it does" }).click();
    await expect(admin).toHaveURL(/\/admin\/logs\?workflow=\d+$/);
    const row = admin.getByRole("row").filter({ hasText: "Lena Brunner" });
    await expect(row.filter({ hasText: "Send a notification" }).getByText("Done")).toBeVisible({ timeout: 30_000 });
    await expect(admin.getByRole("row").filter({ hasText: "Has not come" })).toHaveCount(0);
  });

  await test.step("the email is shown as the member sees it", async () => {
    await admin.getByRole("navigation", { name: "Logs" }).getByRole("link", { name: "Messages" }).click();
    const sent = admin.getByRole("row").filter({ hasText: "member@demo.example" });
    await expect(sent.getByText("Sent")).toBeVisible({ timeout: 30_000 });
    await sent.getByRole("link").click();
    await expect(admin).toHaveURL(/\/admin\/logs\/messages\/\d+$/);
    const letter = admin.frameLocator("iframe");
    await expect(letter.getByText(/Lena/).filter({ visible: true }).first()).toBeVisible();
    await admin.getByText("Phone", { exact: true }).click();
    await expect.poll(async () => (await admin.locator("iframe").boundingBox())?.width).toBeLessThan(400);
    await admin.getByText("Text", { exact: true }).click();
    await expect(admin.locator("pre")).toContainText("Lena");
    await admin.getByText("Headers", { exact: true }).click();
    await expect(admin.getByText("member@demo.example").first()).toBeVisible();
  });

  await test.step("and the member has it, without having reloaded", async () => {
    await expect(member.getByRole("heading", { name: "Today" })).toBeVisible();
    await expect.poll(() => countUnread(member)).toBe(unreadBefore + 1);
    await expect(member).toHaveTitle(new RegExp(`^\\(${unreadBefore + 1}\\) `));
    const newest = member.getByRole("listitem").first();
    await newest.getByRole("button", { name: /^Mark as read/ }).click();
    await expect.poll(() => countUnread(member)).toBe(unreadBefore);
  });
  expect(complaints).toEqual([]);
});

test("switching off asks nothing and can be undone", async ({ page }) => {
  await signIn(page, "admin", "/admin/workflows");
  const expiry = workflow(page, "Membership is about to end");
  await expiry.getByRole("switch").press("Space");
  await expect(expiry.getByText("Off", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(expiry.getByText("On", { exact: true })).toBeVisible();
  await expect(expiry.getByRole("switch")).toBeChecked();
});

test("who opens the logs sees new steps and messages arrive by themselves", { tag: "@queue" }, async ({ browser }) => {
  const name = `Silent${process.env.E2E_BACKEND}`;
  await importSilentMember(name);
  const context = await browser.newContext();
  const [steps, messages, list] = [await context.newPage(), await context.newPage(), await context.newPage()];
  await signIn(steps, "admin", "/admin/logs");
  await messages.goto("/admin/logs/messages");
  await list.goto("/admin/workflows");
  const rowIn = (log: Page) => log.getByRole("row").filter({ hasText: `${name} Member` });
  for (const log of [steps, messages]) {
    await expect(log.getByText("Live", { exact: true })).toBeVisible();
    await expect(rowIn(log)).toHaveCount(0);
  }
  await list.getByRole("button", { name: "Run Has not come for three weeks now" }).click();
  for (const log of [steps, messages]) {
    await expect(rowIn(log).first()).toBeVisible({ timeout: 15_000 });
  }
});

test("staff see the workflows, can switch nothing, and read nobody's mail", async ({ page }) => {
  await signIn(page, "trainer", "/admin/workflows");
  await expect(workflow(page, "Birthday")).toBeVisible();
  await expect(page.getByRole("switch")).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Run / })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Logs" })).toHaveCount(0);
  for (const address of ["/admin/logs", "/admin/logs/messages", "/admin/logs/messages/1", "/api/messages/1/html"]) {
    expect((await page.request.get(address)).status()).toBe(403);
  }
});

test("a member is told that the admin's pages are not theirs", async ({ page }) => {
  await signIn(page, "member");
  const response = await page.goto("/admin/workflows");
  expect(response?.status()).toBe(403);
  await expect(page.getByRole("heading", { name: "This page is not for your account" })).toBeVisible();
});

for (const { name, width } of [
  { name: "wide", width: 1440 },
  { name: "phone", width: 390 },
]) {
  test(`the admin's pages are accessible and fit a ${name} screen`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    const complaints = watchComplaints(page);
    await signIn(page, "admin");
    for (const path of ["/admin/workflows", "/admin/logs", "/admin/logs/messages"]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
    }
    await page
      .getByRole("row")
      .filter({ hasText: /Email.*Sent/ })
      .getByRole("link")
      .first()
      .click();
    await expect(page.locator("iframe")).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    expect(complaints).toEqual([]);
  });
}

async function countUnread(page: Page): Promise<number> {
  const label = await page.getByRole("link", { name: /^Notifications, / }).getAttribute("aria-label");
  return Number(label?.match(/\d+/)?.[0] ?? 0);
}

/** Somebody who joined long ago and has never come. */
async function importSilentMember(name: string) {
  const directory = mkdtempSync(path.join(tmpdir(), "silent-"));
  const file = path.join(directory, "members.csv");
  writeFileSync(
    file,
    `external_id,email,first_name,last_name,join_date,email_consent
${name},${name}@demo.example,${name},Member,2024-01-15,yes\n`,
  );
  const { stdout } = await quickCommand("import", "members", file, "--json");
  expect(JSON.parse(stdout)).toMatchObject({ created: 1, refused: 0 });
  rmSync(directory, { recursive: true });
}
