import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { quickCommand } from "./command.ts";
import { expectAccessible, expectNoSidewaysScroll, watchComplaints } from "./expectations.ts";
import { signIn } from "./sign-in.ts";
import { test } from "./test.ts";

const manual = `By hand ${process.env.E2E_BACKEND}`;

/** A workflow that members are enrolled in by hand, and that is on. */
async function createManualWorkflow() {
  const directory = mkdtempSync(path.join(tmpdir(), "members-"));
  const file = path.join(directory, "config.json");
  const steps = [{ id: 1, action: { type: "add_tag", params: { tag: "enrolled" } } }];
  const workflow = { name: manual, trigger: { type: "manual" }, steps, is_enabled: true, cooldown_period_days: 7 };
  writeFileSync(file, JSON.stringify({ templates: [], workflows: [workflow] }));
  expect((await quickCommand("config", "import", file)).code).toBe(0);
  rmSync(directory, { recursive: true });
}

async function expectFitForAll(page: Page) {
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1440, height: 900 });
}

const rows = (page: Page) => page.getByRole("table", { name: "Members by name" }).getByRole("row");

test("somebody is found by a part of a name, and the list by its address", { tag: "@redis" }, async ({ page }) => {
  const complaints = watchComplaints(page);
  await signIn(page, "admin");
  await page.getByRole("link", { name: "Members", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Members", exact: true })).toBeVisible();
  // A heading and a page of fifty.
  await expect(rows(page)).toHaveCount(51);
  await expectFitForAll(page);
  const first = await rows(page).nth(1).getByRole("link").textContent();
  await page.getByRole("link", { name: "Next" }).click();
  await page.waitForURL(/after=\d+/);
  await page.getByRole("link", { name: "Previous" }).click();
  await page.waitForURL(/before=\d+/);
  await expect(rows(page).nth(1).getByRole("link")).toHaveText(first ?? "");

  await page.getByRole("searchbox", { name: "Search members" }).fill("brunn len");
  await page.waitForURL(/q=brunn/);
  await expect(page.getByRole("link", { name: "Lena Brunner" })).toHaveCount(2);
  await page.getByRole("combobox", { name: "State" }).selectOption("Cancelled");
  await page.waitForURL(/state=cancelled/);
  await expect(page.getByText("Nobody fits")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("searchbox", { name: "Search members" })).toHaveValue("brunn len");
  await expect(page.getByText("Nobody fits")).toBeVisible();
  expect(complaints).toEqual([]);
});

test("an admin sees why a member gets nothing, tags them, enrols them and gives them things", {
  tag: "@redis",
}, async ({ page }) => {
  test.setTimeout(120_000);
  const complaints = watchComplaints(page);
  await createManualWorkflow();
  await signIn(page, "admin");
  await page.goto("/admin/members?q=member@demo.example");
  await page.getByRole("link", { name: "Lena Brunner" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Lena Brunner" })).toBeVisible();
  await expectFitForAll(page);

  await test.step("why a workflow does not start for her", async () => {
    await page.getByRole("combobox", { name: "Why (not)?" }).selectOption("Has not come for three weeks");
    await page.waitForURL(/why=\d+/);
    const why = page.getByRole("region", { name: "Why (not)?" });
    await expect(why.getByRole("status")).toContainText("A sweep would not start it today.");
    const rules = why.getByRole("list", { name: "What decides whether it starts" }).getByRole("listitem");
    await expect(rules.filter({ has: page.getByLabel("Not met:") })).toContainText([
      /Trigger.*has not come for 21 days/,
      /Cooldown.*Until/,
    ]);
    await expect(why.getByRole("list", { name: "What it would do if it started now" })).toContainText("Send an email");
    await expectFitForAll(page);
  });

  await test.step("a tag, taken off and brought back", async () => {
    await page.getByRole("combobox", { name: "New tag" }).fill("asked-for-a-plan");
    await page.keyboard.press("Enter");
    const remove = page.getByRole("button", { name: "Remove tag: asked-for-a-plan" });
    await remove.click();
    await expect(remove).toBeHidden();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(remove).toBeVisible();
  });

  await test.step("enrolled by hand, once", async () => {
    for (const outcome of ["Started 1 run.", "Nobody to start for"]) {
      await page.getByRole("button", { name: "Enrol" }).click();
      const dialog = page.getByRole("dialog", { name: "Enrol in a workflow" });
      await dialog.getByRole("combobox", { name: "Workflow" }).selectOption(manual);
      await dialog.getByRole("button", { name: "Enrol" }).click();
      await expect(dialog.getByRole("status")).toContainText(outcome, { timeout: 20_000 });
      await dialog.getByRole("button", { name: "Close" }).last().click();
    }
    await expect(page.getByRole("region", { name: "Workflows" }).getByRole("link", { name: manual })).toHaveCount(1);
  });

  await test.step("credits, refused in words and then granted once", async () => {
    await page.getByRole("button", { name: "Grant credits" }).click();
    const dialog = page.getByRole("dialog", { name: "Grant credits" });
    await dialog.getByRole("textbox", { name: "Amount" }).fill("many");
    const send = dialog.getByRole("button", { name: "Grant credits" });
    await send.click();
    await expect(dialog.getByRole("textbox", { name: "Amount" })).toHaveAccessibleDescription(/1 to 10,000/);
    await expect(dialog.getByRole("textbox", { name: "What for" })).toHaveAccessibleDescription(/Say what for/);
    await expect(dialog.getByRole("textbox", { name: "Amount" })).toHaveValue("many");
    await expectAccessible(page);
    await dialog.getByRole("textbox", { name: "Amount" }).fill("12.5");
    await dialog.getByRole("textbox", { name: "What for" }).fill("Helped at the open day");
    await send.dblclick();
    await expect(dialog).toBeHidden();
    const credits = page.getByRole("region", { name: "Credits" });
    await expect(credits.getByRole("listitem").filter({ hasText: "Helped at the open day" })).toHaveCount(1);
    await expect(credits).toContainText("Balance: 12.5");
  });

  await test.step("a task and an offer", async () => {
    await page.getByRole("button", { name: "New task" }).click();
    await page.getByRole("textbox", { name: "What to do" }).fill("Talk about the plan");
    await page.getByRole("button", { name: "Create task" }).click();
    await expect(page.getByRole("region", { name: "Tasks for staff" })).toContainText("Talk about the plan");
    const code = page.getByRole("textbox", { name: "Code" });
    const give = async () => {
      await page.getByRole("button", { name: "Give an offer" }).click();
      await code.fill("open-day");
      await page.getByRole("button", { name: "Give offer" }).click();
    };
    await give();
    await expect(code).toBeHidden();
    await give();
    await expect(code).toHaveAccessibleDescription(/have this offer already/);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("region", { name: "Offers" })).toContainText("OPEN-DAY");
  });

  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  expect(complaints).toEqual([]);
});

test("members are the admins': staff have no way to them", { tag: "@redis" }, async ({ page }) => {
  await signIn(page, "trainer");
  await expect(page.getByRole("link", { name: "Workflows", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Members", exact: true })).toHaveCount(0);
  for (const address of ["/admin/members", "/admin/members/1"]) {
    expect((await page.goto(address))?.status()).toBe(403);
  }
});
