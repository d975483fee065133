import { mkdirSync } from "node:fs";
import path from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { type people, signIn } from "../e2e/sign-in.ts";
import { startGymServer } from "./e2e-gym.ts";

/** Every page of a demo gym at 1440 and 390 px, light and dark, into the folder given. Needs a production build. */
const directory = path.resolve(process.argv[2] ?? ".data/screenshots");
const pages: [who: keyof typeof people, name: string, address: string][] = [
  ["admin", "workflows", "/admin/workflows"],
  ["admin", "steps", "/admin/logs"],
  ["admin", "messages", "/admin/logs/messages"],
  ["admin", "message", "first message"],
  ["admin", "unsubscribe", "an unsubscribe link"],
  ["member", "notifications", "/me/notifications"],
  ["member", "password", "/account/password"],
];

mkdirSync(directory, { recursive: true });
const server = await startGymServer();
const gym = await server.openGym("postgres");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  for (const width of [1440, 390]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await shoot(browser, width, colorScheme);
    }
  }
} finally {
  await browser.close();
  await gym.stop();
  await server.stop();
}

async function shoot(browser: Browser, width: number, colorScheme: "light" | "dark") {
  for (const who of ["admin", "member"] as const) {
    const context = await browser.newContext({
      baseURL: gym.env.BASE_URL,
      colorScheme,
      viewport: { width, height: width > 1000 ? 900 : 844 },
    });
    const page = await context.newPage();
    const save = (name: string) =>
      page.screenshot({ path: path.join(directory, `${name}-${width}-${colorScheme}.png`) });
    await page.goto("/sign-in");
    await save("sign-in");
    await signIn(page, who);
    for (const [, name, address] of pages.filter(([owner]) => owner === who)) {
      await open(page, address);
      await save(name);
    }
    await context.close();
  }
}

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

async function open(page: Page, address: string) {
  if (address === "an unsubscribe link") {
    await page.goto(await findUnsubscribeLink(page));
    return;
  }
  if (address === "first message") {
    await page.goto("/admin/logs/messages");
    const email = page.getByRole("row").filter({ hasText: "@" }).filter({ hasText: "Sent" });
    await email.locator("a[href^='/admin/logs/messages/']").first().click();
    await page.waitForURL(/messages\/\d+/);
  } else {
    await page.goto(address);
  }
  await page.waitForLoadState("networkidle").catch(() => {});
}
