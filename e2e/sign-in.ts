import type { Page } from "@playwright/test";

/** The demo gym's sign-ins; they exist nowhere else. */
export const people = {
  admin: "admin@demo.example",
  trainer: "trainer@demo.example",
  member: "member@demo.example",
};

const password = "demo-gym-2026";

/** Signs in the way a person does, and waits for that person's first page. */
export async function signIn(page: Page, who: keyof typeof people, next = "/sign-in"): Promise<void> {
  await page.goto(next);
  await page.getByLabel("Email").first().fill(people[who]);
  await page.getByLabel("Password").first().fill(password);
  await page.getByRole("button", { name: /^sign in$/i }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}
