import { expect, type Locator } from "@playwright/test";
import { add, begin, details, saved, slots, tryForLena } from "./editor-pages.ts";
import { expectAccessible, expectNoSidewaysScroll, watchComplaints } from "./expectations.ts";
import { storeFiftySteps } from "./fifty-steps.ts";
import { weighScripts } from "./page-weight.ts";
import { signIn } from "./sign-in.ts";
import { test } from "./test.ts";

test("a win-back from blank, with a wait, a branch, an exit and a task, is published and does what it says", async ({
  page,
}) => {
  const complaints = watchComplaints(page);
  await signIn(page, "admin");
  await begin(page, "Win back by hand");

  await test.step("the trigger shows at once whom it reaches, and why", async () => {
    await page.getByRole("button", { name: /what starts it/ }).click();
    await details(page).getByLabel("Days without a visit").fill("45");
    const audience = details(page).getByRole("region", { name: "Who matches now" });
    await expect(audience.getByRole("status")).toHaveText(/\d+ members? match(es)? today/);
    await expect(audience.getByRole("row").nth(1)).toContainText(/\d/);
  });

  await test.step("steps are put together between any two", async () => {
    await add(page, "Wait");
    await details(page).getByLabel("Days", { exact: true }).fill("2");
    await add(page, "Decide");
    await details(page).getByLabel("Yes, if").selectOption({ label: "Has a tag" });
    await details(page).getByLabel("Tag", { exact: true }).fill("vip");
    await add(page, "Give staff a task", page.getByRole("button", { name: "Add a step under Yes" }));
    await details(page).getByLabel("What to do").fill("Call {{ member_first_name }}");
    await add(page, "Add a tag", page.getByRole("button", { name: "Add a step under No" }));
    await details(page).getByLabel("Tag", { exact: true }).fill("win-back");
    await page.getByRole("button", { name: "Name, cooldown and exits" }).click();
    await details(page).getByRole("button", { name: "Add a condition" }).click();
    await details(page).getByLabel("Exit condition 1", { exact: true }).selectOption({ label: "Has come since" });
  });
  await saved(page);
  await expectAccessible(page);

  await test.step("and joined by lines, also when the page is opened anew", async () => {
    await expect(page.locator(".react-flow__edge-path")).toHaveCount(12);
    await page.reload();
    await expect(page.locator(".react-flow__edge-path")).toHaveCount(12);
  });

  await test.step("trying it says what would happen to whom, and writes nothing", async () => {
    const sheet = await tryForLena(page);
    await expect(sheet.getByText("Wait", { exact: false }).first()).toBeVisible();
    await expectAccessible(page);
    await sheet.getByRole("button", { name: "Close" }).click();
  });

  await test.step("it is published, switched on, and runs", async () => {
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByRole("dialog", { name: "Publish" }).getByRole("button", { name: "Publish" }).click();
    await expect(page.getByText("“Win back by hand” is published.")).toBeVisible();
    await page.getByRole("link", { name: "All workflows" }).click();
    const card = page.getByRole("article", { name: "Win back by hand" });
    await card.getByRole("switch").press("Space");
    const dialog = page.getByRole("dialog", { name: "Switch on “Win back by hand”" });
    await dialog.getByLabel("Also those who match now").check();
    await dialog.getByRole("button", { name: "Switch on" }).click();
    await expect(card.getByText(/Started \d+ runs?\./)).toBeVisible({ timeout: 30_000 });
    await card.getByRole("link", { name: "Win back by hand" }).click();
    await expect(page.getByRole("button", { name: /^Wait.*waiting/ })).toBeVisible({ timeout: 30_000 });
  });

  await test.step("live, it is edited apart, and publishing says what becomes of those under way", async () => {
    await page.getByRole("button", { name: /^Wait/ }).click();
    await details(page).getByLabel("Days", { exact: true }).fill("5");
    await saved(page);
    await page.getByRole("button", { name: "Publish" }).click();
    const dialog = page.getByRole("dialog", { name: "Publish" });
    await expect(dialog.getByRole("listitem").first()).toContainText(/2 days.*5 days/);
    await expect(dialog.getByText(/runs? (is|are) going on/)).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Publish" }).click();
    await expect(page.getByText("“Win back by hand” is published.")).toBeVisible();
  });

  await test.step("an earlier version comes back into the draft", async () => {
    await page.getByRole("button", { name: "Versions" }).click();
    await page.getByRole("button", { name: "Restore version 1" }).click();
    await expect(page.getByRole("button", { name: /^Wait 2 days/ })).toBeVisible();
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect(page.getByRole("button", { name: /^Wait 5 days/ })).toBeVisible();
    await saved(page);
  });
  expect(complaints).toEqual([]);
});

test("B13: of two admins nobody loses text", async ({ browser }) => {
  const [anna, rico] = [await (await browser.newContext()).newPage(), await (await browser.newContext()).newPage()];
  await signIn(anna, "admin");
  await begin(anna, "Edited by two");
  await add(anna, "Wait");
  await saved(anna);
  await signIn(rico, "admin", new URL(anna.url()).pathname);

  await details(anna).getByLabel("Days", { exact: true }).fill("4");
  await saved(anna);
  await rico.getByRole("button", { name: /^Wait/ }).click();
  await details(rico).getByLabel("Days", { exact: true }).fill("9");
  const conflict = rico.getByRole("dialog", { name: "Somebody else changed this workflow" });
  await expect(conflict).toContainText(/changed .*Edited by two/);
  await expectAccessible(rico);
  await conflict.getByRole("button", { name: "Take theirs" }).click();
  await expect(rico.getByRole("button", { name: /^Wait 4 days/ })).toBeVisible();
  await rico.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(rico.getByRole("button", { name: /^Wait 9 days/ })).toBeVisible();
  await saved(rico);
});

test("a workflow is built by keyboard alone", async ({ page }) => {
  await signIn(page, "admin");
  await begin(page, "Without a mouse");
  await slots(page).last().press("Enter");
  await page.getByRole("menuitem", { name: "Add a tag", exact: true }).press("Enter");
  await details(page).getByLabel("Tag", { exact: true }).focus();
  await page.keyboard.type("typed");
  const card = page.getByRole("button", { name: /^Add a tag/ });
  await card.first().press("d");
  await expect(card).toHaveCount(2);
  await card.last().press("Delete");
  await expect(card).toHaveCount(1);
  await card.press("Control+z");
  await expect(card).toHaveCount(2);
  await slots(page).first().press("Enter");
  await page.getByRole("menuitem", { name: "Wait", exact: true }).press("Enter");
  await page.getByRole("button", { name: /^Wait.*step 1 of 3/ }).press("Alt+ArrowDown");
  await expect(page.getByRole("button", { name: /^Wait.*step 2 of 3/ })).toBeVisible();
  await page.getByRole("button", { name: /^Wait/ }).press("m");
  await page.getByRole("button", { name: "Move here" }).last().press("Enter");
  await expect(page.getByRole("button", { name: /^Wait.*step 3 of 3/ })).toBeVisible();
  await saved(page);
});

test("what is wrong is told by the step that it is about", async ({ page }) => {
  await signIn(page, "admin");
  await begin(page, "");
  await add(page, "Send an email");
  await expect(page.getByRole("button", { name: /^Send an email.*one problem/ })).toBeVisible();
  await expect(details(page).getByText("Choose an email template")).toBeVisible();
  await page.getByRole("button", { name: "Publish" }).click();
  const dialog = page.getByRole("dialog", { name: "Publish" });
  await expect(dialog.getByRole("alert")).toContainText("Name");
  await expect(dialog.getByRole("button", { name: "Publish" })).toBeDisabled();
});

test("on a phone a default workflow is taken from the gallery and changed", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const complaints = watchComplaints(page);
  await signIn(page, "admin", "/admin/workflows/new");
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await page.getByRole("button", { name: /^Use / }).first().click();
  await page.waitForURL(/\/admin\/workflows\/\d+$/);
  await page.getByRole("button", { name: /step 1 of/ }).click();
  await expect(details(page)).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await details(page).getByRole("button", { name: "Close" }).click();
  await expect(details(page)).toBeHidden();
  await add(page, "Wait", slots(page).first());
  await details(page).getByLabel("Days", { exact: true }).fill("1");
  await saved(page);
  expect(complaints).toEqual([]);
});

test("on a phone the step that is chosen stays in sight above its panel, the last one too", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const complaints = watchComplaints(page);
  await signIn(page, "admin", await storeFiftySteps());
  const open = async (card: Locator) => {
    await card.click();
    const panel = details(page);
    await expect(panel).toBeVisible();
    await expect
      .poll(async () => {
        const [below, above] = [await panel.boundingBox(), await card.boundingBox()];
        return below && above ? above.y + above.height - below.y : 0;
      })
      .toBeLessThan(0);
    await expect(card).toBeInViewport();
    await panel.getByRole("button", { name: "Close" }).click();
    await expect(panel).toBeHidden();
  };
  await open(page.getByRole("button", { name: /^Decide/ }).first());
  await open(page.getByRole("button", { name: /step 50 of/ }));
  await open(page.getByRole("button", { name: /step 1 of/ }));
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  expect(complaints).toEqual([]);
});

test("the editor weighs 350 kB at most, the list and the gallery 220 kB", async ({ page }) => {
  await signIn(page, "admin");
  await begin(page, "Weighed");
  await add(page, "Add a tag");
  await saved(page);
  await page.reload();
  await expect(slots(page).first()).toBeVisible();
  const editor = await weighScripts(page);
  await page.goto("/admin/workflows");
  await expect(page.getByRole("article").first()).toBeVisible();
  const list = await weighScripts(page);
  await page.goto("/admin/workflows/new");
  await expect(page.getByRole("button", { name: "Start blank" })).toBeVisible();
  const gallery = await weighScripts(page);
  console.log(`editor ${editor} bytes, list ${list} bytes, gallery ${gallery} bytes`);
  expect(editor).toBeGreaterThan(100_000);
  expect(editor).toBeLessThanOrEqual(350_000);
  expect(list).toBeLessThanOrEqual(220_000);
  expect(gallery).toBeLessThanOrEqual(220_000);
});
