import type { Page } from "@playwright/test";
import { at, type Scene } from "./scene.ts";

async function open(page: Page, template: string) {
  await page.goto("/admin/templates");
  await page.getByRole("link", { name: template, exact: true }).click();
  await page.waitForURL(/templates\/\d+/);
  await page.getByRole("region", { name: "Preview" }).waitFor();
}

const designer = (name: string, template: string): Scene[] => [
  { name, show: (page) => open(page, template) },
  {
    name: `${name}-preview`,
    async show(page) {
      await open(page, template);
      await page.getByRole("region", { name: "Preview" }).scrollIntoViewIfNeeded();
      await page.getByRole("region", { name: "Preview" }).evaluate((preview) => preview.scrollIntoView());
    },
  },
];

export const templateScenes: Scene[] = [
  at("templates", "/admin/templates"),
  at("templates-none", "/admin/templates?q=nothing+of+that+name"),
  at("template-new", "/admin/templates/new"),
  at("template-empty", "/admin/templates/new?channel=email"),
  ...designer("template-email", "Welcome: email"),
  ...designer("template-notification", "Welcome: notification"),
  ...designer("template-sms", "First visit: text message"),
  {
    name: "template-german",
    async show(page) {
      await open(page, "Welcome: email");
      await page.getByRole("tab", { name: "German" }).click();
    },
  },
  {
    name: "template-placeholders",
    async show(page) {
      await open(page, "Welcome: email");
      await page.getByRole("button", { name: "Insert a placeholder", exact: true }).click();
      await page.getByRole("menu").waitFor();
    },
  },
  {
    name: "template-versions",
    async show(page) {
      await open(page, "Welcome: email");
      await page.getByRole("button", { name: "Versions" }).click();
      await page.getByRole("dialog", { name: "Versions" }).waitFor();
    },
  },
];
