import type { Page } from "@playwright/test";
import { at, type Scene } from "./scene.ts";

/** Mail about the contract has no such link; the first advertisement has. */
async function findUnsubscribeLink(page: Page): Promise<string> {
  await page.goto("/admin/logs/messages");
  const links = page.locator("a[href^='/admin/logs/messages/']");
  for (const link of await links.all()) {
    const id = (await link.getAttribute("href"))?.split("/").at(-1);
    const letter = await (await page.request.get(`/api/messages/${id}/html`)).text();
    const [found] = /https?:[^"]+\/unsubscribe\/[^"]+/.exec(letter) ?? [];
    if (found) {
      return new URL(found).pathname;
    }
  }
  throw new Error("No message on the first page has an unsubscribe link");
}

const withGoogleFigure = (name: string, percent: string): Scene => ({
  name,
  async show(page) {
    await page.goto("/admin/logs/messages");
    await page.getByRole("button", { name: "Enter Google's figure" }).click();
    await page.getByLabel("Spam rate in percent").fill(percent);
    await page.getByRole("button", { name: "Save figure" }).click();
    await page.getByText(`Google says ${percent} %`).waitFor();
  },
});

export const messageScenes: Scene[] = [
  at("steps", "/admin/logs"),
  at("steps-filtered", "/admin/logs?status=skipped&member=8&from=2026-01-01"),
  at("steps-none", "/admin/logs?reason=loop"),
  at("runs", "/admin/logs/runs"),
  {
    name: "run",
    async show(page) {
      await page.goto("/admin/logs/runs");
      await page.locator("a[href^='/admin/logs/runs/']").first().click();
      await page.getByRole("region", { name: "What happened" }).waitFor();
    },
  },
  {
    name: "run-cancel",
    async show(page) {
      await page.goto("/admin/logs/runs?status=waiting");
      await page.locator("a[href^='/admin/logs/runs/']").first().click();
      await page.getByRole("button", { name: "Cancel run" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  at("messages", "/admin/logs/messages"),
  at("messages-filtered", "/admin/logs/messages?channel=email&status=sent"),
  at("unconfirmed", "/admin/logs/unconfirmed"),
  {
    name: "message",
    async show(page) {
      await page.goto("/admin/logs/messages");
      const email = page.getByRole("row").filter({ hasText: "@" }).filter({ hasText: "Sent" });
      await email.locator("a[href^='/admin/logs/messages/']").first().click();
      await page.waitForURL(/messages\/\d+/);
    },
  },
  { name: "unsubscribe", show: async (page) => page.goto(await findUnsubscribeLink(page)) },
  {
    name: "complaints-figure",
    async show(page) {
      await page.goto("/admin/logs/messages");
      await page.getByRole("button", { name: "Enter Google's figure" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  withGoogleFigure("complaints-warning", "0.15"),
  withGoogleFigure("complaints-paused", "0.4"),
];
