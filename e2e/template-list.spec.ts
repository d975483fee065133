import { expect, type Locator, type Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll, watchComplaints } from "./expectations.ts";
import { weighScripts } from "./page-weight.ts";
import { signIn } from "./sign-in.ts";
import { body, copy, field, idOf, query, save } from "./template-pages.ts";
import { test } from "./test.ts";

test("templates are found, filtered and archived with a way back", async ({ page }) => {
  await copy("Welcome: notification", "Passing");
  await signIn(page, "admin", "/admin/templates");
  await page.getByLabel("Search templates").fill("passing");
  await expect(page).toHaveURL(/q=passing/);
  const item = page.getByRole("article", { name: "Passing" });
  await expect(page.getByRole("article")).toHaveCount(1);
  await expect(item).toContainText("Not sent by any workflow");
  await item.getByRole("button", { name: "Archive: Passing" }).click();
  await expect(page.getByText("Nothing fits")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(item).toBeVisible();
  await item.getByRole("link", { name: "Duplicate: Passing" }).click();
  await expect(field(page, "Name")).toHaveValue("Passing (copy)");
  await page.goto("/admin/templates?q=Welcome%3A+email");
  await expect(
    page.getByRole("article", { name: "Welcome: email" }).getByRole("link", { name: "Welcome", exact: true }),
  ).toBeVisible();
});

test("staff look and change nothing; members do not get in", async ({ browser }) => {
  const id = await idOf("Welcome: email");
  const trainer = await (await browser.newContext()).newPage();
  const complaints = watchComplaints(trainer);
  await signIn(trainer, "trainer", `/admin/templates/${id}`);
  await expect(body(trainer)).toContainText("Good to have you with us.");
  await expect(field(trainer, "Subject")).toHaveAttribute("readonly", "");
  await expect(save(trainer)).toHaveCount(0);
  await expect(trainer.getByRole("region", { name: "Preview" })).toHaveCount(0);
  expect(complaints).toEqual([]);
  expect((await trainer.goto("/admin/templates/new"))?.status()).toBe(403);
  expect((await trainer.request.get("/api/members?text=a")).status()).toBe(403);
  const origin = new URL(trainer.url()).origin;
  const preview = { data: "{}", headers: { origin } };
  expect((await trainer.request.post("/api/templates/preview", preview)).status()).toBe(403);
  expect((await trainer.request.post("/api/templates/preview/html", preview)).status()).toBe(403);
  const member = await (await browser.newContext()).newPage();
  await signIn(member, "member");
  for (const path of ["/admin/templates", "/admin/templates/new", `/admin/templates/${id}`]) {
    expect((await member.goto(path))?.status()).toBe(403);
  }
});

async function tabTo(page: Page, target: Locator) {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error("The keyboard does not get there");
}

test("an email is written and saved by keyboard alone", async ({ page }) => {
  await signIn(page, "admin", "/admin/templates");
  await tabTo(page, page.getByRole("link", { name: "New template" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("link", { name: /^Email/ }));
  await page.keyboard.press("Enter");
  await tabTo(page, field(page, "Name"));
  await page.keyboard.type("By keyboard");
  await tabTo(page, field(page, "Subject"));
  await page.keyboard.type("Hello");
  await tabTo(page, body(page));
  await page.keyboard.type("Hi ");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  const menu = page.getByRole("button", { name: "Insert a placeholder", exact: true });
  while (!(await menu.evaluate((element) => element === document.activeElement))) {
    await page.keyboard.press("Shift+Tab");
  }
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  const first = page.getByRole("menuitem", { name: "First name" });
  // The menu takes the keyboard a moment after it is there.
  await expect(async () => {
    await page.keyboard.press("ArrowDown");
    await expect(first).toBeFocused({ timeout: 300 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(body(page)).toBeFocused();
  await page.keyboard.press("Control+b");
  await page.keyboard.type(" bold");
  await page.keyboard.press("Control+s");
  await expect(page).toHaveURL(/\/admin\/templates\/\d+$/);
  expect(await query("select body_html from communication_templates where name = 'By keyboard'")).toEqual([
    { body_html: "<p>Hi {{ member_first_name }}<strong> bold</strong></p>" },
  ]);
});

for (const width of [1440, 390]) {
  test(`list and designers are accessible and fit ${width} px`, async ({ page }) => {
    const complaints = watchComplaints(page);
    await page.setViewportSize({ width, height: 844 });
    await signIn(page, "admin");
    const ids = [
      await idOf("Welcome: email"),
      await idOf("Welcome: notification", "in_app"),
      await idOf("First visit: text message", "sms"),
    ];
    for (const path of ["/admin/templates", "/admin/templates/new", ...ids.map((id) => `/admin/templates/${id}`)]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(
        path.endsWith("templates") ? page.getByRole("article").first() : page.getByRole("main"),
      ).toBeVisible();
      if (/\d$/.test(path)) {
        await expect(
          page.getByRole("region", { name: "Preview" }).getByText(/Mara/).or(page.locator("iframe")).first(),
        ).toBeVisible();
      }
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
    }
    expect(complaints).toEqual([]);
  });
}

test("on a phone a template from far down the list opens at its beginning", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, "admin", "/admin/templates");
  await page.getByRole("link", { name: "Welcome: notification", exact: true }).click();
  await expect(page.getByText("Good to have you at Training Club.", { exact: false }).last()).toBeAttached();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
});

test("B24: on a phone an SMS is written, measured and saved", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, "admin", "/admin/templates/new?channel=sms");
  await field(page, "Name").fill("On the go");
  await field(page, "Text").fill("Salü Noë, chumm verbii!");
  await expect(page.getByText(/1 part · 23 characters/)).toBeVisible();
  await expect(page.getByText(/Because of “ë” a part holds 70 characters instead of 160/)).toBeVisible();
  await field(page, "Text").fill(`${"Salü zäme. ".repeat(60)}`);
  await expect(page.getByText(/^SMS: .* at most 4\./)).toBeVisible();
  await field(page, "Text").fill("Salü zäme");
  await expect(page.getByText(/1 part · 9 characters/)).toBeVisible();
  await expect(page.getByText(/Because of/)).toBeHidden();
  await save(page).click();
  await expect(page).toHaveURL(/\/admin\/templates\/\d+$/);
});

test("the designer weighs 500 kB at most, the list 220 kB", async ({ page }) => {
  await signIn(page, "admin");
  const weigh = async (path: string, { isDesigner = false } = {}) => {
    await page.goto(path);
    await expect(isDesigner ? body(page) : page.getByRole("article").first()).toBeVisible();
    return weighScripts(page);
  };
  const designer = await weigh(`/admin/templates/${await idOf("Welcome: email")}`, { isDesigner: true });
  const list = await weigh("/admin/templates");
  console.log(`designer ${designer} bytes, list ${list} bytes`);
  expect(designer).toBeGreaterThan(100_000);
  expect(designer).toBeLessThanOrEqual(500_000);
  expect(list).toBeLessThanOrEqual(220_000);
});
