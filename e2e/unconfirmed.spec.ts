import { expect, type Page } from "@playwright/test";
import pg from "pg";
import { expectAccessible, expectNoSidewaysScroll, watchComplaints } from "./expectations.ts";
import { signIn } from "./sign-in.ts";
import { test } from "./test.ts";

async function query<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: process.env.OWNER_DATABASE_URL });
  await client.connect();
  const { rows } = await client.query(text, values);
  await client.end();
  return rows;
}

/** What a connection leaves behind that is lost at the wrong instant: emails that may have left three hours ago. */
async function loseSome(count: number) {
  const lost = await query<{ id: string; subject: string }>(
    `with lost as (
       update communication_logs set status = 'unconfirmed', reason = 'unknown_outcome', sent_at = null,
              first_tried_at = now() - interval '3 hours', provider_message_id = null
       where id in (select id from communication_logs
                    where channel = 'email' and class <> 'sign_in' and status = 'sent' and workflow_id is not null
                    order by id desc limit $1)
       returning id)
     select lost.id, b.subject from lost join message_bodies b on b.message_id = lost.id order by lost.id desc`,
    [count],
  );
  expect(lost).toHaveLength(count);
  return lost.map(({ id, subject }) => ({ id: Number(id), subject }));
}

const tab = (page: Page) => page.getByRole("link", { name: /^Unconfirmed/ });
const row = (page: Page, id: number) =>
  page.getByRole("listitem").filter({ has: page.locator(`a[href="/admin/logs/messages/${id}"]`) });

test("somebody decides of each message that may have left, and once", async ({ page, context }) => {
  const complaints = watchComplaints(page);
  await signIn(page, "admin");
  await page.goto("/admin/logs/unconfirmed");
  await expect(page.getByText("Nothing is uncertain")).toBeVisible();
  const [arrived, lost] = await loseSome(2);
  const [arrivedId, lostId] = [arrived?.id ?? 0, lost?.id ?? 0];
  await page.goto("/admin/logs/messages");
  await expect(tab(page)).toHaveText("Unconfirmed2");
  await tab(page).click();
  await expect(row(page, lostId)).toContainText("Nobody can tell whether the provider took it.");
  const other = await context.newPage();
  await other.goto("/admin/logs/unconfirmed");

  await row(page, arrivedId)
    .getByRole("button", { name: /^It arrived/ })
    .click();
  await expect(page.getByRole("status")).toContainText("counts as sent.");
  await expect(page.getByRole("status")).toBeFocused();
  await expect(row(page, arrivedId)).toHaveCount(0);
  expect(
    await query("select status, sent_at = first_tried_at as same from communication_logs where id = $1", [arrivedId]),
  ).toEqual([{ status: "sent", same: true }]);

  await row(page, lostId)
    .getByRole("button", { name: /^Send again/ })
    .click();
  await expect(page.getByRole("dialog")).toContainText("gets it twice");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await row(page, lostId)
    .getByRole("button", { name: /^Send again/ })
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "Send again" }).click();
  await expect(page.getByRole("status")).toContainText("goes out again.");
  await expect(page.getByText("Nothing is uncertain")).toBeVisible();

  // B55: whoever still sees it decides nothing any more.
  await row(other, lostId)
    .getByRole("button", { name: /^It arrived/ })
    .click();
  await expect(other.getByRole("status")).toContainText("had been decided before");
  await expect(other.getByText("Nothing is uncertain")).toBeVisible();
  const decisions = await query(
    `select action, u.email as by from audit_events e join users u on u.id = e.actor_id
     where subject_type = 'message' and subject_id = any($1) order by e.id`,
    [[arrivedId, lostId]],
  );
  expect(decisions).toEqual([
    { action: "message.confirmed", by: "admin@demo.example" },
    { action: "message.sent_again", by: "admin@demo.example" },
  ]);
  expect(complaints).toEqual([]);
});

test("members' mail is none of the staff's business, uncertain or not", async ({ page }) => {
  await signIn(page, "trainer");
  expect((await page.goto("/admin/logs/unconfirmed"))?.status()).toBe(403);
});

for (const width of [1440, 390]) {
  test(`the list is accessible and fits ${width} px`, async ({ page }) => {
    await loseSome(3);
    await page.setViewportSize({ width, height: 844 });
    await signIn(page, "admin");
    await page.goto("/admin/logs/unconfirmed");
    await expect(page.getByRole("button", { name: /^Send again/ }).first()).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
}
