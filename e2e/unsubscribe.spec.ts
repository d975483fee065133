import { expect, test } from "@playwright/test";
import pg from "pg";
import { signUnsubscribeToken } from "../messaging/unsubscribe-token.ts";

const { AUTH_SECRET = "", OWNER_DATABASE_URL } = process.env;

async function query<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: OWNER_DATABASE_URL });
  await client.connect();
  const { rows } = await client.query(text, values);
  await client.end();
  return rows;
}

/** Two members who take marketing email today, neither of them the one who signs in elsewhere. */
const findWilling = () =>
  query<{ id: string }>(`
    select id from users u where role = 'member' and email <> 'member@demo.example' and (
      select is_granted from consent_events where member_id = u.id and channel = 'email' and class = 'marketing'
      order by id desc limit 1)
    order by id limit 2`);

const hasConsent = async (id: string) => {
  const [newest] = await query<{ is_granted: boolean }>(
    "select is_granted from consent_events where member_id = $1 and channel = 'email' order by id desc limit 1",
    [id],
  );
  return newest?.is_granted;
};

test("only a press of the button or a mail service's POST unsubscribes, never a look at the link", async ({
  page,
  request,
}) => {
  const [first, second] = await findWilling();
  const [firstId, secondId] = [first?.id ?? "", second?.id ?? ""];
  const link = `/unsubscribe/${signUnsubscribeToken(Number(firstId), AUTH_SECRET)}`;
  const opened = await request.get(`/api${link}`, { maxRedirects: 0 });
  expect(opened.status()).toBe(303);
  expect(opened.headers().location).toMatch(new RegExp(`${link}$`));
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "Unsubscribe" })).toBeVisible();
  expect(await hasConsent(firstId)).toBe(true);
  await page.getByRole("button", { name: "Yes, unsubscribe me" }).click();
  await expect(page.getByRole("heading", { name: "Done" })).toBeVisible();
  expect(await hasConsent(firstId)).toBe(false);

  const oneClick = `/api/unsubscribe/${signUnsubscribeToken(Number(secondId), AUTH_SECRET)}`;
  for (let time = 0; time < 2; time++) {
    const answer = await request.post(oneClick, { form: { "List-Unsubscribe": "One-Click" } });
    expect(answer.status()).toBe(200);
  }
  expect(await hasConsent(secondId)).toBe(false);
  expect((await request.post(`${oneClick}x`)).status()).toBe(400);
  await page.goto("/unsubscribe/1.forged");
  await expect(page.getByText("This link is not complete.")).toBeVisible();
});
