import { expect, type Page } from "@playwright/test";
import { loseActions, outdateActions } from "./actions-on-the-way.ts";
import { add, begin, details, saved } from "./editor-pages.ts";
import { expectAccessible, watchComplaints } from "./expectations.ts";
import { signIn } from "./sign-in.ts";
import { copy, field, query } from "./template-pages.ts";
import { test } from "./test.ts";

const name = (page: Page) => details(page).getByLabel("Name", { exact: true });
const openSettings = (page: Page) => page.getByRole("button", { name: "Name, cooldown and exits" }).click();
const leaving = (page: Page) => page.getByRole("dialog", { name: "Leave without saving?" });
const back = (page: Page) => page.evaluate(() => history.back());
const draftOf = async (page: Page) => {
  const [row] = await query<{ name: string }>(
    "select draft ->> 'name' as name from automation_workflows where id = $1",
    [Number(page.url().split("/").at(-1))],
  );
  return row?.name;
};

test("leaving the editor saves first; going back shows what was saved last", async ({ page }) => {
  await signIn(page, "admin");
  await begin(page, "Left by a link");
  await saved(page);
  const editor = page.url();
  await name(page).fill("Left at once");
  await page.getByRole("link", { name: "All workflows" }).click();
  await expect(page).toHaveURL(/\/admin\/workflows$/);
  await expect(page.getByRole("article", { name: "Left at once" })).toBeVisible();

  await back(page);
  await expect(page).toHaveURL(editor);
  await expect(page.getByRole("heading", { name: "Left at once" })).toBeVisible();
  await add(page, "Wait");
  await saved(page);
  await openSettings(page);
  await name(page).fill("Left by the back button");
  await back(page);
  await expect(page).not.toHaveURL(editor);
  await page.goForward();
  await expect(page.getByRole("heading", { name: "Left by the back button" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Wait/ })).toBeVisible();
  await expect.poll(() => draftOf(page)).toBe("Left by the back button");
});

test("what cannot be saved is not left unasked, and is there again afterwards", async ({ page }) => {
  await signIn(page, "admin");
  await begin(page, "Not to be lost");
  await saved(page);
  const editor = page.url();
  const letThrough = await loseActions(page);
  await name(page).fill("Typed while the server was away");
  await page.getByRole("link", { name: "Templates" }).click();
  await expect(leaving(page)).toBeVisible();
  await expectAccessible(page);
  await leaving(page).getByRole("button", { name: "Stay" }).click();
  await expect(name(page)).toHaveValue("Typed while the server was away");
  await expect(page.getByText(/^Not saved: The server did not answer\./)).toBeVisible();

  await back(page);
  await expect(leaving(page)).toBeVisible();
  await leaving(page).getByRole("button", { name: "Stay" }).click();
  await expect(page).toHaveURL(editor);

  await page.getByRole("link", { name: "Templates" }).click();
  await leaving(page).getByRole("button", { name: "Leave" }).click();
  await expect(page).toHaveURL(/\/admin\/templates$/);
  await back(page);
  await expect(page.getByText("Your changes from before are back.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Typed while the server was away" })).toBeVisible();
  expect(await draftOf(page)).toBe("Not to be lost");
  await letThrough();
  await saved(page);
  expect(await draftOf(page)).toBe("Typed while the server was away");
});

test("B57: a page from before an update says so, and its text is there after the reload", async ({ page }) => {
  const message = /The app was updated\. Reload the page and try again\./;
  const keptMessage = /The app was updated\. Reload the page and try again\. Your text is kept\./;
  const template = await copy("Welcome: notification", "Of an older page");
  await signIn(page, "admin");
  await begin(page, "Of an older page");
  await saved(page);

  await test.step("in the editor", async () => {
    const letThrough = await outdateActions(page);
    await name(page).fill("Typed on an older page");
    await expect(page.getByRole("status").filter({ hasText: keptMessage })).toBeVisible();
    await letThrough();
    page.once("dialog", (dialog) => dialog.accept());
    await page.reload();
    await expect(page.getByRole("heading", { name: "Typed on an older page" })).toBeVisible();
    await saved(page);
    expect(await draftOf(page)).toBe("Typed on an older page");
  });

  await test.step("in its dialogs", async () => {
    const letThrough = await outdateActions(page);
    await page.getByRole("button", { name: "Publish" }).click();
    await expect(page.getByRole("dialog", { name: "Publish" }).getByRole("alert")).toHaveText(message);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Versions" }).click();
    await expect(page.getByRole("dialog", { name: "Versions" }).getByRole("alert")).toHaveText(message);
    await letThrough();
  });

  await test.step("in the designer", async () => {
    await page.goto(`/admin/templates/${template}`);
    const letThrough = await outdateActions(page);
    await field(page, "Title").fill("Typed on an older page");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("status").filter({ hasText: keptMessage })).toBeVisible();
    await letThrough();
    page.once("dialog", (dialog) => dialog.accept());
    await page.reload();
    await expect(field(page, "Title")).toHaveValue("Typed on an older page");
  });
});

test("B13: who left a conflict undecided decides it on coming back", async ({ page }) => {
  const complaints = watchComplaints(page);
  await signIn(page, "admin");
  await begin(page, "Left in a conflict");
  await saved(page);
  const id = Number(page.url().split("/").at(-1));
  await query(
    `update automation_workflows set revision = revision + 1, draft = jsonb_set(draft, '{name}', '"Theirs"') where id = $1`,
    [id],
  );
  await name(page).fill("Mine");
  const conflict = page.getByRole("dialog", { name: "Somebody else changed this workflow" });
  await expect(conflict).toBeVisible();
  page.once("dialog", (dialog) => dialog.accept());
  await page.reload();
  await expect(conflict).toBeVisible();
  await conflict.getByRole("button", { name: "Keep mine" }).click();
  await saved(page);
  expect(await draftOf(page)).toBe("Mine");
  expect(complaints).toEqual([]);
});
