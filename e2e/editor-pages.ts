import { expect, type Page } from "@playwright/test";

export const details = (page: Page) => page.getByRole("complementary", { name: "Details" });
export const slots = (page: Page) => page.getByRole("button", { name: "Add a step here" });
export const saved = (page: Page) => expect(page.getByText("Draft saved")).toBeVisible();

/** A blank workflow of a test's own. */
export async function begin(page: Page, name: string) {
  await page.goto("/admin/workflows/new");
  await page.getByRole("button", { name: "Start blank" }).click();
  await page.waitForURL(/\/admin\/workflows\/\d+$/);
  await page.getByRole("button", { name: "Name, cooldown and exits" }).click();
  await details(page).getByLabel("Name", { exact: true }).fill(name);
}

/** Adds a step in the last place that is not within a branch. */
export async function add(page: Page, step: string, slot = slots(page).last()) {
  await slot.click();
  await page.getByRole("menuitem", { name: step, exact: true }).click();
  await expect(page.getByRole("menu")).toHaveCount(0);
}

/** Goes through the draft for the demo gym's member, today. */
export async function tryForLena(page: Page) {
  await page.getByRole("button", { name: "Try it" }).click();
  const sheet = page.getByRole("dialog", { name: "Try it" });
  await sheet.getByRole("combobox", { name: "Member" }).fill("Lena");
  await page.getByRole("option", { name: /Lena Brunner.*member@demo/ }).click();
  await sheet.getByRole("button", { name: "Try it" }).click();
  await expect(sheet.getByText(/It would (not )?start for Lena Brunner/)).toBeVisible();
  return sheet;
}
