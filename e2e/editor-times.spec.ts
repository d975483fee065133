import { expect, type Locator } from "@playwright/test";
import { add, begin, saved, tryForLena } from "./editor-pages.ts";
import { signIn } from "./sign-in.ts";
import { test } from "./test.ts";

test.use({ timezoneId: "Pacific/Auckland" });

const timeZone = "Europe/Zurich";

/** The wall-clock time in the gym, whatever else is said of the instant. */
async function expectTheGyms(time: Locator) {
  const instant = new Date((await time.getAttribute("datetime")) ?? "");
  await expect(time).toContainText(
    instant.toLocaleTimeString("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }),
  );
}

test("wherever somebody edits, the editor tells the gym's time", async ({ page }) => {
  await signIn(page, "admin");
  await begin(page, "Edited far away");
  await add(page, "Add a tag");
  await page.getByRole("complementary", { name: "Details" }).getByLabel("Tag", { exact: true }).fill("far");
  await saved(page);
  const sheet = await tryForLena(page);
  await expectTheGyms(sheet.locator("time").first());
  await expectTheGyms(sheet.locator("time").last());
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
  await expect(page.getByText("is published.")).toBeVisible();
  await page.getByRole("button", { name: "Versions" }).click();
  await expectTheGyms(page.getByRole("dialog", { name: "Versions" }).locator("time"));
});
