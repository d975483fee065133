import { expect, type Page } from "@playwright/test";
import pg from "pg";
import { signUnsubscribeToken } from "../messaging/unsubscribe-token.ts";
import { expectAccessible, expectNoSidewaysScroll, watchComplaints } from "./expectations.ts";
import { people, signIn } from "./sign-in.ts";
import { test } from "./test.ts";

const { AUTH_SECRET = "", OWNER_DATABASE_URL } = process.env;

async function query<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: OWNER_DATABASE_URL });
  await client.connect();
  const { rows } = await client.query(text, values);
  await client.end();
  return rows;
}

/** A member who takes advertising by email now and speaks a language; not the one who signs in elsewhere. */
async function findWilling(language = "en") {
  const [member] = await query<{ id: string; email: string }>(
    `update users set language = $1 where id = (
       select id from users u where role = 'member' and email <> 'member@demo.example' and erased_at is null and (
         select is_granted from consent_events where member_id = u.id and channel = 'email' and class = 'marketing'
         order by id desc limit 1)
       order by id limit 1)
     returning id, email`,
    [language],
  );
  const id = Number(member?.id);
  return { id, email: member?.email ?? "", link: `/unsubscribe/${signUnsubscribeToken(id, AUTH_SECRET)}` };
}

const saidLast = async (id: number, kind = "marketing", channel = "email") => {
  const [newest] = await query<{ is_granted: boolean; source: string; wording: string | null }>(
    `select is_granted, source, wording from consent_events
     where member_id = $1 and class = $2 and channel = $3 order by id desc limit 1`,
    [id, kind, channel],
  );
  return newest;
};

const saved = (page: Page) => page.getByRole("status").filter({ hasText: "Saved." });

test("one press on the page unsubscribes, and one more takes it back; a look at it does nothing", async ({ page }) => {
  const complaints = watchComplaints(page);
  const { id, link } = await findWilling();
  await page.goto(`${link}?List-Unsubscribe=One-Click`);
  expect(await saidLast(id)).toMatchObject({ is_granted: true });
  await page.getByRole("button", { name: "Unsubscribe from advertising by email" }).click();
  await expect(page.getByText("Done. You get no more advertising by email.")).toBeVisible();
  expect(await saidLast(id)).toEqual({
    is_granted: false,
    source: "unsubscribe_page",
    wording: "Unsubscribe from advertising by email",
  });
  await page.getByRole("button", { name: "Subscribe again" }).click();
  await expect(page.getByText("You get advertising by email again.")).toBeVisible();
  expect(await saidLast(id)).toMatchObject({
    is_granted: true,
    wording: expect.stringMatching(/^Offers, invitations/),
  });
  expect(complaints).toEqual([]);
});

test("the page works by keyboard and without any script, in the member's language", async ({ browser }) => {
  const { id, email, link } = await findWilling("de");
  const context = await browser.newContext({ baseURL: process.env.BASE_URL, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "Abmelden" })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Werbung per E-Mail abbestellen" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Du bekommst keine Werbung per E-Mail mehr.")).toBeVisible();
  expect(await saidLast(id)).toMatchObject({ is_granted: false, wording: "Werbung per E-Mail abbestellen" });

  await page.getByRole("switch", { name: "Schickt mir Service-Nachrichten per SMS" }).focus();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Speichern" }).press("Enter");
  await expect(page.getByText("Gespeichert.")).toBeVisible();
  expect(await saidLast(id, "service", "sms")).toMatchObject({ is_granted: false });
  await page.getByRole("button", { name: "Rückgängig machen" }).press("Enter");
  await expect(page.getByText("Rückgängig gemacht.")).toBeVisible();
  expect(await saidLast(id, "service", "sms")).toMatchObject({ is_granted: true });
  await expect(page.locator("body")).not.toContainText(email);
  await context.close();
});

test("E46: everything to an address can be stopped, and be allowed again", async ({ page }) => {
  const { id, email, link } = await findWilling();
  const isStopped = async () =>
    (
      await query(
        `select from suppressions where reason = 'requested'
           and address_hash = encode(sha256(convert_to(lower(trim($1)), 'UTF8')), 'hex')`,
        [email],
      )
    ).length > 0;
  await page.goto(link);
  await page.getByRole("button", { name: "Stop all email" }).click();
  await expect(page.getByText("All email to this address is stopped.")).toBeVisible();
  expect(await isStopped()).toBe(true);
  await expect(page.getByRole("switch", { name: "Send me service messages by email" })).toBeDisabled();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Everything is as it was before.")).toBeVisible();
  expect(await isStopped()).toBe(false);
  expect(await saidLast(id)).toMatchObject({ is_granted: true });
  await page.goto(link);
  await expect(page.getByRole("button", { name: "Stop all email" })).toBeVisible();
  await expect(page.getByText("All email to this address is stopped.")).toBeHidden();
});

test("E51: a mail service's POST unsubscribes without cookies, twice the same; GET leads to the page", async ({
  request,
}) => {
  const { id, link } = await findWilling();
  const opened = await request.get(`/api${link}?List-Unsubscribe=One-Click`, { maxRedirects: 0 });
  expect(opened.status()).toBe(303);
  expect(opened.headers().location).toMatch(new RegExp(`${link}$`));
  expect(await saidLast(id)).toMatchObject({ is_granted: true });
  for (const body of [
    { form: { "List-Unsubscribe": "One-Click" } },
    { multipart: { "List-Unsubscribe": "One-Click" } },
  ]) {
    const answer = await request.post(`/api${link}`, { ...body, maxRedirects: 0 });
    expect(answer.status()).toBe(200);
    expect(answer.headers()["set-cookie"]).toBeUndefined();
  }
  expect(await saidLast(id)).toEqual({ is_granted: false, source: "one_click", wording: null });
});

test("E52, B59: a link that is not whole is a bad request, and one whose member is gone stops nothing", async ({
  page,
  request,
}) => {
  const { link } = await findWilling();
  for (const broken of ["/unsubscribe", "/unsubscribe/1.forged", link.slice(0, -1), `${link}/x`]) {
    const answer = await page.goto(broken);
    expect(answer?.status(), broken).toBe(400);
    await expect(page.getByRole("heading", { name: "This link is not complete" })).toBeVisible();
  }
  await expectAccessible(page);
  expect((await request.post(`/api${link}x`)).status()).toBe(400);
  const form = { form: { do: "unsubscribe" }, headers: { origin: process.env.BASE_URL ?? "" } };
  expect((await request.post(`/api${link}x/choices`, form)).status()).toBe(400);
  expect((await request.post(`/api${link}/choices`, { form: form.form })).status()).toBe(403);

  const gone = `/unsubscribe/${signUnsubscribeToken(987_654_321, AUTH_SECRET)}`;
  expect((await request.post(`/api${gone}`)).status()).toBe(200);
  expect((await page.goto(gone))?.status()).toBe(200);
  await expect(page.getByRole("heading", { name: "There is nothing left to stop" })).toBeVisible();
});

for (const width of [1440, 390]) {
  test(`the page behind the link is accessible and fits ${width} px`, async ({ page }) => {
    const { link } = await findWilling("fr");
    await page.setViewportSize({ width, height: 844 });
    await page.goto(link);
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });

  test(`members find the same choices on their own page, at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await query("update users set language = 'en' where email = $1", [people.member]);
    await signIn(page, "member");
    await page.getByRole("link", { name: "Message settings" }).click();
    const sms = page.getByRole("switch", { name: "Send me service messages by SMS" });
    await sms.click();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(saved(page)).toBeVisible();
    await expect(sms).not.toBeChecked();
    const [member] = await query<{ id: string }>("select id from users where email = $1", [people.member]);
    expect(await saidLast(Number(member?.id), "service", "sms")).toMatchObject({ source: "preferences" });
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(sms).toBeChecked();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
}
