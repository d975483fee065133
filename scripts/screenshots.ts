import { mkdirSync } from "node:fs";
import path from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { type people, signIn } from "../e2e/sign-in.ts";
import { startGymServer } from "./e2e-gym.ts";

/** Every page of a demo gym at 1440 and 390 px, light and dark, into the folder given. Needs a production build. */
const directory = path.resolve(process.argv[2] ?? ".data/screenshots");
const pages: [who: keyof typeof people, name: string, address: string][] = [
  ["admin", "workflows", "/admin/workflows"],
  ["admin", "templates", "/admin/templates"],
  ["admin", "templates-none", "/admin/templates?q=nothing+of+that+name"],
  ["admin", "template-new", "/admin/templates/new"],
  ["admin", "template-empty", "/admin/templates/new?channel=email"],
  ["admin", "template-email", "Welcome: email"],
  ["admin", "template-notification", "Welcome: notification"],
  ["admin", "template-sms", "First visit: text message"],
  ["admin", "steps", "/admin/logs"],
  ["admin", "messages", "/admin/logs/messages"],
  ["admin", "unconfirmed", "/admin/logs/unconfirmed"],
  ["admin", "message", "first message"],
  ["admin", "account", "/admin/account"],
  ["admin", "unsubscribe", "an unsubscribe link"],
  ["member", "notifications", "/me/notifications"],
  ["member", "preferences", "/me/preferences"],
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
  } else if (address.startsWith("/")) {
    await page.goto(address);
  } else {
    await page.goto("/admin/templates");
    await page.getByRole("link", { name: address, exact: true }).click();
    await page.waitForURL(/templates\/\d+/);
    await page.getByRole("region", { name: "Preview" }).waitFor();
  }
  await page.waitForLoadState("networkidle").catch(() => {});
}
