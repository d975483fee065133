import { expect, type Page } from "@playwright/test";
import { sql } from "drizzle-orm";
import { notificationChannel } from "#db/bells";
import { connect } from "#db/client";
import { expectAccessible, expectNoSidewaysScroll, watchComplaints } from "./expectations.ts";
import { people, signIn } from "./sign-in.ts";
import { test } from "./test.ts";

/** Puts notifications where delivery would, and says so the way delivery does. */
async function deliver(titles: string[], actionUrl: string | null = null): Promise<void> {
  const { db, close } = connect({ connectionString: process.env.DATABASE_URL ?? "", max: 1 });
  try {
    await db.execute(sql`
      with member as (select id from users where email = ${people.member}), written as (
        insert into notifications (member_id, title, body, action_url)
        select member.id, title, 'Written for ' || title, ${actionUrl}
        from member, unnest(${sql.param(titles)}::text[]) title returning member_id
      ) select pg_notify(${notificationChannel}, min(member_id)::text) from written`);
  } finally {
    await close();
  }
}

const listUrl = "**/api/notifications";
const streamUrl = "**/api/notifications/stream";
/** How often a page asks whose stream does not work. */
const pollMs = 15_000;
const beforeNextPoll = 7_000;

const row = (page: Page, title: string) => page.getByRole("listitem").filter({ hasText: `Written for ${title}` });
const bell = (page: Page) => page.getByRole("link", { name: /^Notifications, / });

async function countUnread(page: Page): Promise<number> {
  const label = await bell(page).getAttribute("aria-label");
  return Number(label?.match(/\d+/)?.[0] ?? 0);
}

test("a notification arrives in the open page, and the badge follows what the member does", { tag: "@queue" }, async ({
  page,
}) => {
  const complaints = watchComplaints(page);
  await signIn(page, "member");
  const before = await countUnread(page);
  await deliver(["Arrival"]);
  await expect(row(page, "Arrival")).toBeVisible();
  await expect.poll(() => countUnread(page)).toBe(before + 1);
  await expect(page).toHaveTitle(new RegExp(`^\\(${before + 1}\\) Notifications`));

  await row(page, "Arrival").getByRole("button", { name: "Mark as read: Arrival" }).click();
  await expect.poll(() => countUnread(page)).toBe(before);
  await row(page, "Arrival").getByRole("button", { name: "Mark as unread: Arrival" }).click();
  await expect.poll(() => countUnread(page)).toBe(before + 1);
  await page.reload();
  await expect.poll(() => countUnread(page)).toBe(before + 1);
  expect(complaints).toEqual([]);
});

test("a dismissed notification comes back when the member thinks again", async ({ page }) => {
  await signIn(page, "member");
  await deliver(["First thought", "Second thought"]);
  const dismiss = row(page, "First thought").getByRole("button", { name: "Dismiss: First thought" });
  await dismiss.focus();
  await page.keyboard.press("Enter");
  await expect(row(page, "First thought")).toHaveCount(0);
  // The keyboard goes on where it was.
  await expect(page.locator(":focus")).toHaveAttribute("aria-label", /^Dismiss: /);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, "First thought")).toBeVisible();
  await page.reload();
  await expect(row(page, "First thought")).toBeVisible();
});

test("what is done in one tab shows in the other", async ({ context, page }) => {
  await signIn(page, "member");
  await deliver(["Both tabs"]);
  const other = await context.newPage();
  await other.goto("/me/notifications");
  await expect(row(other, "Both tabs")).toBeVisible();
  await row(page, "Both tabs")
    .getByRole("button", { name: /^Dismiss/ })
    .click();
  await expect(row(other, "Both tabs")).toHaveCount(0);

  await deliver(["To both"]);
  await expect(row(page, "To both")).toBeVisible();
  await expect(row(other, "To both")).toBeVisible();
  await page.getByRole("button", { name: "Mark all as read" }).click();
  await expect.poll(() => countUnread(page)).toBe(0);
  await expect.poll(() => countUnread(other)).toBe(0);
  await expect(other).toHaveTitle(/^Notifications/);
});

test("what arrives while the list is being read again after a change is shown, too", async ({ page }) => {
  const listed = page.waitForResponse(listUrl);
  await signIn(page, "member");
  await deliver(["To dismiss"]);
  await expect(row(page, "To dismiss")).toBeVisible();
  await listed;
  await page.route(
    listUrl,
    async (route) => {
      // An answer that knows nothing of the news, and is on its way when the page hears of it.
      const response = await route.fetch();
      const asksAgain = page.waitForRequest(listUrl, { timeout: 5_000 });
      await deliver(["In the meantime"]);
      await asksAgain.catch(() => {});
      await route.fulfill({ response }).catch(() => {});
    },
    { times: 1 },
  );
  await row(page, "To dismiss")
    .getByRole("button", { name: /^Dismiss/ })
    .click();
  await expect(row(page, "In the meantime")).toBeVisible();
});

test("opening one reads it and leads where it leads; an unsafe link leads nowhere", async ({ page }) => {
  await signIn(page, "member");
  await deliver(["Harmless"], "javascript:alert(1)");
  await expect(row(page, "Harmless").getByRole("link")).toHaveCount(0);
  await deliver(["Leads on"], "/me/notifications?from=link");
  await row(page, "Leads on").getByRole("link", { name: "Leads on" }).click();
  await expect(page).toHaveURL(/from=link$/);
  await expect(row(page, "Leads on").getByRole("button", { name: /^Mark as unread/ })).toBeVisible();
});

test("older ones load as one goes on, and nothing is shown twice when news arrives", async ({ page }) => {
  const run = Date.now();
  const title = (index: number) => `Number ${index} of ${run}`;
  const titles = Array.from({ length: 70 }, (_, index) => title(index + 10));
  await deliver(titles);
  await signIn(page, "member");
  await expect(row(page, title(79))).toBeVisible();
  await deliver(["Meanwhile"]);
  await expect(row(page, "Meanwhile")).toBeVisible();
  await expect(async () => {
    await page.mouse.wheel(0, 4_000);
    await expect(row(page, title(10))).toBeVisible({ timeout: 500 });
  }).toPass();
  for (const each of titles) {
    await expect(row(page, each)).toHaveCount(1);
  }
});

test("a page whose stream is refused asks at intervals, and streams again once that works", async ({ page }) => {
  await page.clock.install();
  const listed = page.waitForResponse(listUrl);
  await page.route(streamUrl, (route) => route.fulfill({ status: 503 }));
  await signIn(page, "member");
  await listed;
  await deliver(["Polled"]);
  await page.clock.fastForward(pollMs);
  await expect(row(page, "Polled")).toBeVisible();

  await page.unroute(streamUrl);
  const opened = page.waitForResponse((response) => response.url().endsWith("/stream") && response.ok());
  await page.clock.fastForward(pollMs);
  await opened;
  await deliver(["Streamed"]);
  await expect(row(page, "Streamed")).toBeVisible({ timeout: beforeNextPoll });
});

test("a stream that breaks is opened again by itself, and asked for in between", async ({ page }) => {
  await page.clock.install();
  const listed = page.waitForResponse(listUrl);
  let opened = 0;
  await page.route(streamUrl, async (route) => {
    opened++;
    // The first breaks off after a word; those after it do not get through.
    await (opened === 1
      ? route.fulfill({ contentType: "text/event-stream", body: "retry: 50\n\ndata: changed\n\n" })
      : route.abort("connectionreset"));
  });
  await signIn(page, "member");
  await expect.poll(() => opened).toBeGreaterThan(2);
  await listed;
  await deliver(["Meanwhile polled"]);
  // Each try that fails on the way must not put off the next look.
  for (let passed = 0; passed <= pollMs; passed += 1_000) {
    const before = opened;
    await page.clock.fastForward(1_000);
    await expect.poll(() => opened).toBeGreaterThan(before);
  }
  await expect(row(page, "Meanwhile polled")).toBeVisible({ timeout: beforeNextPoll });

  const through = page.waitForResponse((response) => response.url().endsWith("/stream") && response.ok());
  await page.unroute(streamUrl);
  await through;
  await deliver(["Streaming again"]);
  await expect(row(page, "Streaming again")).toBeVisible({ timeout: beforeNextPoll });
});

for (const { name, width } of [
  { name: "wide", width: 1440 },
  { name: "phone", width: 390 },
]) {
  test(`the center is accessible and fits a ${name} screen`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await signIn(page, "member");
    await deliver([`On a ${name} screen`]);
    await expect(row(page, `On a ${name} screen`)).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
}
