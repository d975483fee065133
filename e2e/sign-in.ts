import type { Cookie, Page } from "@playwright/test";
import { untilAwake } from "./test.ts";

/** The demo gym's sign-ins; they exist nowhere else. */
export const people = {
  admin: "admin@demo.example",
  trainer: "trainer@demo.example",
  member: "member@demo.example",
};

type Person = keyof typeof people;

const password = "demo-gym-2026";

/** Signs in the way a person does, and waits for that person's first page. */
export async function signInByHand(page: Page, who: Person, next = "/sign-in"): Promise<void> {
  await page.goto(next);
  await untilAwake(page);
  await page.getByLabel("Email").first().fill(people[who]);
  await page.getByLabel("Password").first().fill(password);
  await page.getByRole("button", { name: /^sign in$/i }).click();
  await hasArrived(page);
}

const sessions = new Map<Person, Cookie[]>();

/** Has somebody signed in at the gym under test: the first time by hand, later by the session that came of it. */
export async function signIn(page: Page, who: Person, next?: string): Promise<void> {
  const session = sessions.get(who);
  if (session) {
    await page.context().addCookies(session);
    await page.goto(next ?? "/sign-in");
    await hasArrived(page);
  } else {
    await signInByHand(page, who, next);
    sessions.set(who, await page.context().cookies());
  }
}

async function hasArrived(page: Page): Promise<void> {
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await untilAwake(page);
}
