import type { Page } from "@playwright/test";
import { storeFiftySteps } from "../../e2e/fifty-steps.ts";
import { once, type Scene } from "./scene.ts";

const details = (page: Page) => page.getByRole("complementary", { name: "Details" });

async function open(page: Page, workflow: string) {
  await page.goto("/admin/workflows");
  await page.getByRole("link", { name: workflow, exact: true }).click();
  await page.waitForURL(/workflows\/\d+$/);
  await page.getByRole("button", { name: /what starts it/ }).waitFor();
}

async function startBlank(page: Page) {
  await page.goto("/admin/workflows/new");
  await page.getByRole("button", { name: "Start blank" }).click();
  await page.waitForURL(/workflows\/\d+$/);
  return new URL(page.url()).pathname;
}

const blank = once(startBlank);

const faulty = once(async (page) => {
  const address = await startBlank(page);
  await page.getByRole("button", { name: "Add a step here" }).last().click();
  await page.getByRole("menuitem", { name: "Send an email", exact: true }).click();
  await page.getByText("Draft saved").waitFor();
  return address;
});

const long = once(storeFiftySteps);

/** A live workflow with a draft. */
const revised = once(async (page) => {
  await open(page, "Membership is about to end");
  await page.getByRole("button", { name: /^Wait/ }).first().click();
  await details(page).getByLabel("Days", { exact: true }).fill("5");
  await page.getByText("Draft saved").waitFor();
  return new URL(page.url()).pathname;
});

const chooseWhat = (name: string, workflow: string, card: RegExp): Scene => ({
  name,
  async show(page) {
    await open(page, workflow);
    await page.getByRole("button", { name: card }).first().click();
    await details(page).getByRole("heading").waitFor();
  },
});

const press = (name: string, address: (page: Page) => Promise<string>, button: string): Scene => ({
  name,
  async show(page) {
    await page.goto(await address(page));
    await page.getByRole("button", { name: button, exact: true }).click();
    await page.getByRole("dialog", { name: button }).waitFor();
  },
});

export const editorScenes: Scene[] = [
  { name: "editor", show: (page) => open(page, "Has not come for three weeks") },
  { name: "editor-branch", show: (page) => open(page, "Welcome back") },
  chooseWhat("editor-trigger", "Has not come for three weeks", /what starts it/),
  chooseWhat("editor-step", "Has not come for three weeks", /^Send an email/),
  chooseWhat("editor-decision", "Welcome back", /^Decide/),
  {
    name: "editor-settings",
    async show(page) {
      await open(page, "Has not come for three weeks");
      await page.getByRole("button", { name: "Name, cooldown and exits" }).click();
    },
  },
  { name: "editor-blank", show: async (page) => page.goto(await blank(page)) },
  {
    name: "editor-add-step",
    async show(page) {
      await page.goto(await blank(page));
      await page.getByRole("button", { name: "Add a step here" }).click();
      await page.getByRole("menu").waitFor();
    },
  },
  {
    name: "editor-problem",
    async show(page) {
      await page.goto(await faulty(page));
      await page
        .getByRole("button", { name: /one problem/ })
        .last()
        .click();
    },
  },
  {
    name: "editor-long",
    async show(page) {
      await page.goto(await long(page));
      await page
        .getByRole("button", { name: /^Decide/ })
        .first()
        .click();
    },
  },
  press("publish-refused", faulty, "Publish"),
  press("publish", revised, "Publish"),
  press("versions", revised, "Versions"),
  {
    name: "editor-try",
    async show(page) {
      await open(page, "Has not come for three weeks");
      await page.getByRole("button", { name: "Try it" }).click();
      const drawer = page.getByRole("dialog", { name: "Try it" });
      await drawer.getByRole("combobox", { name: "Member" }).fill("Lena");
      await page
        .getByRole("option", { name: /Lena Brunner/ })
        .first()
        .click();
      await drawer.getByRole("button", { name: "Try it" }).click();
      await drawer.getByText(/It would (not )?start/).waitFor();
    },
  },
  {
    name: "conflict",
    async show(page) {
      const address = await blank(page);
      await page.goto(address);
      const other = await page.context().newPage();
      await other.goto(address);
      const isSaved = other.waitForResponse((response) => response.request().method() === "POST");
      await write(other, `Written elsewhere, ${Date.now()}`);
      await isSaved;
      await other.close();
      await write(page, "A second thought");
      await page.getByRole("dialog", { name: /Somebody else/ }).waitFor();
    },
  },
];

async function write(page: Page, description: string) {
  await page.getByRole("button", { name: "Name, cooldown and exits" }).click();
  await details(page).getByLabel("Description").fill(description);
}
