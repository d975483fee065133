import { expect, type Page } from "@playwright/test";
import pg from "pg";
import { expectAccessible, expectNoSidewaysScroll, watchComplaints } from "./expectations.ts";
import { people, signIn } from "./sign-in.ts";
import { test } from "./test.ts";

/** What somebody has said of their digest so far, the newest last. */
async function readAnswers(email: string): Promise<boolean[]> {
  const client = new pg.Client({ connectionString: process.env.OWNER_DATABASE_URL });
  await client.connect();
  const { rows } = await client.query<{ is_granted: boolean }>(
    `select e.is_granted from consent_events e join users u on u.id = e.member_id
     where u.email = $1 and e.class = 'digest' order by e.id`,
    [email],
  );
  await client.end();
  return rows.map(({ is_granted }) => is_granted);
}

const digestOf = (page: Page) => page.getByRole("switch", { name: /^Email me a digest at 07:30/ });

test("somebody of the staff turns their own digest off and on again, and nobody else's", async ({ page, browser }) => {
  const complaints = watchComplaints(page);
  await signIn(page, "trainer");
  await page.getByRole("link", { name: "Nico Steiner" }).click();
  await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();
  await expect(digestOf(page)).toBeChecked();
  const [sent] = await Promise.all([
    page.waitForRequest((request) => request.method() === "POST"),
    digestOf(page).click(),
  ]);
  await expect(page.getByText("You get no digest any more.")).toBeVisible();
  await page.reload();
  await expect(digestOf(page)).not.toBeChecked();
  expect(await readAnswers(people.trainer)).toEqual([false]);

  // Whoever repeats the request speaks for themselves; a member has no digest to speak of.
  const repeat = async (who: "admin" | "member") => {
    const context = await browser.newContext({ baseURL: process.env.BASE_URL });
    const other = await context.newPage();
    await signIn(other, who);
    const { "next-action": action = "", "next-router-state-tree": tree = "" } = sent.headers();
    const answer = await other.request.post("/admin/account", {
      headers: {
        origin: new URL(page.url()).origin,
        "next-action": action,
        "next-router-state-tree": tree,
        "content-type": "text/plain;charset=UTF-8",
      },
      data: sent.postData() ?? "",
    });
    const text = await answer.text();
    await context.close();
    return text;
  };
  expect(await repeat("member")).toContain("You may not do that.");
  expect(await readAnswers(people.member)).toEqual([]);
  expect(await repeat("admin")).not.toContain("You may not do that.");
  expect(await readAnswers(people.admin)).toEqual([false]);

  await digestOf(page).focus();
  await page.keyboard.press("Space");
  await expect(page.getByText("You get the digest again.")).toBeVisible();
  expect(await readAnswers(people.trainer)).toEqual([false, true]);
  expect(await readAnswers(people.admin)).toEqual([false]);
  expect(complaints).toEqual([]);
});

test("a member has no such page", async ({ page }) => {
  await signIn(page, "member");
  expect((await page.goto("/admin/account"))?.status()).toBe(403);
});

for (const width of [1440, 390]) {
  test(`the account page is accessible and fits ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await signIn(page, "trainer", "/admin/account");
    await expect(digestOf(page)).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
}
