import { expect, type Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll, watchComplaints } from "./expectations.ts";
import { signIn } from "./sign-in.ts";
import { test } from "./test.ts";

const acts = (page: Page) => page.getByRole("list", { name: "Acts, the newest first" }).locator("> li");

test("what an admin changed is found by who, what and when, with before and after", { tag: "@redis" }, async ({
  page,
}) => {
  const complaints = watchComplaints(page);
  await signIn(page, "admin", "/admin/settings");
  const gym = page.getByRole("form", { name: "The gym" });
  const name = await gym.getByRole("textbox", { name: "Name" }).inputValue();
  for (const next of [`${name} West`, name]) {
    await gym.getByRole("textbox", { name: "Name" }).fill(next);
    await gym.getByRole("button", { name: "Save" }).click();
    await expect(gym.getByRole("button", { name: "Discard changes" })).toBeHidden();
  }
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Audit log" }).click();
  const newest = acts(page).first();
  await expect(newest).toContainText("Anna Meier changed what the gym is called and speaks");
  await expect(newest.getByRole("deletion")).toHaveText(`${name} West`);
  await expect(newest.getByRole("insertion")).toHaveText(name);
  await expectAccessible(page);

  await page.getByRole("combobox", { name: "What" }).selectOption("Settings");
  await page.waitForURL(/what=settings/);
  await page.getByRole("combobox", { name: "Who" }).selectOption("Anna Meier");
  await page.waitForURL(/who=\d+/);
  await expect(acts(page).first()).toContainText("changed what the gym is called");
  await page.getByLabel("To", { exact: true }).fill("2020-01-01");
  await page.waitForURL(/to=2020-01-01/);
  await expect(page.getByText("Nobody did such a thing then")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("combobox", { name: "What" })).toHaveValue("settings");
  await expect(page.getByText("Nobody did such a thing then")).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/admin/settings/audit");
  await expect(acts(page).first()).toBeVisible();
  await expectNoSidewaysScroll(page);
  expect(complaints).toEqual([]);
});
