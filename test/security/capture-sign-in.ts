import { randomBytes } from "node:crypto";
import { expect, type Page } from "@playwright/test";

/** What the browser sends when somebody signs in, wrongly. */
export async function captureSignIn(page: Page) {
  const waiting = page.waitForRequest((request) => request.headers()["next-action"] !== undefined);
  await page.goto("/sign-in");
  await page
    .getByLabel("Email")
    .first()
    .fill(`nobody-${randomBytes(4).toString("hex")}@gym.example`);
  await page.getByLabel("Password").first().fill("a wrong password");
  await page.getByRole("button", { name: /^sign in$/i }).click();
  await expect(page.getByText("do not go together")).toBeVisible();
  const request = await waiting;
  const headers = request.headers();
  const [action = "", tree = ""] = [headers["next-action"], headers["next-router-state-tree"]];
  return { action, tree, body: request.postData() ?? "" };
}
