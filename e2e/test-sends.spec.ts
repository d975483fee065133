import { expect } from "@playwright/test";
import { add, begin, details, saved, tryForLena } from "./editor-pages.ts";
import { expectAccessible, watchComplaints } from "./expectations.ts";
import { people, signIn } from "./sign-in.ts";
import { copy, query } from "./template-pages.ts";
import { test } from "./test.ts";

const sentOf = (template: number) =>
  query<{ recipient: string; subject: string; text: string }>(
    `select m.recipient, b.subject, b.text from communication_logs m join message_bodies b on b.message_id = m.id
     where m.template_id = $1`,
    [template],
  );

test("E22, B55: the email of a tried step goes to the admin alone, marked, once, and nothing else comes of it", async ({
  page,
}) => {
  const complaints = watchComplaints(page);
  const template = await copy("Welcome: email", "Tried");
  await signIn(page, "admin");
  await begin(page, "Tried before it is live");
  await add(page, "Send an email");
  await details(page).getByLabel("Template", { exact: true }).selectOption({ label: "Tried" });
  await add(page, "Add a tag");
  await details(page).getByLabel("Tag", { exact: true }).fill("tried");
  await saved(page);

  const sheet = await tryForLena(page);
  await sheet.getByText(/^Welcome to Training Club.*to member@demo\.example$/).click();
  const letter = sheet.frameLocator("iframe");
  await expect(letter.getByText("Hi Lena").last()).toBeVisible();
  await expect(letter.getByRole("link").first()).toHaveCSS("text-decoration-line", "none");
  await sheet.getByRole("button", { name: /^Send me a test: Welcome/ }).dblclick();
  await expect(sheet.getByText(`A test is on its way to ${people.admin}.`)).toBeVisible();
  await expectAccessible(page);
  expect(await sentOf(template)).toEqual([
    {
      recipient: people.admin,
      subject: expect.stringMatching(/^\[TEST\] Welcome to Training Club/),
      text: expect.stringMatching(/^\[TEST\]\n[\s\S]*Lena/),
    },
  ]);
  const left = await query(
    `select 1 from workflow_runs r join automation_workflows w on w.id = r.workflow_id where w.name like 'Tried before%'
     union all select 1 from member_tags where tag = 'tried'`,
  );
  expect(left).toEqual([]);
  expect(complaints).toEqual([]);
});

test("a tried email keeps its own looks, and nothing in it can run", async ({ page }) => {
  await copy("Welcome: email", "Tried for its looks");
  await signIn(page, "admin");
  await begin(page, "Tried for its looks");
  await add(page, "Send an email");
  await details(page).getByLabel("Template", { exact: true }).selectOption({ label: "Tried for its looks" });
  await saved(page);
  const sheet = await tryForLena(page);
  const answered = page.waitForResponse("**/api/workflows/trial/html");
  await sheet.getByText(/^Welcome to Training Club.*to member@demo\.example$/).click();
  const headers = await (await answered).allHeaders();

  // What got through every check before it, in no frame that would hold it: the policy alone is left.
  const hostile = `<style>i { color: rgb(4, 5, 6) }</style><p style="color: rgb(1, 2, 3)">Looks</p><i>Sheet</i>
    <b onclick="this.textContent = 'ran'">click</b><script>document.body.append("ran")</script>
    <img src="data:," onerror="document.body.append('ran')"><svg onload="document.body.append('ran')"></svg>
    <iframe srcdoc="<script>top.document.body.append('ran')</script>"></iframe><a href="javascript:document.body.append('ran')">go</a>`;
  const show = async (policy: Record<string, string>) => {
    await page.route("**/hostile-letter", (route) =>
      route.fulfill({ headers: { "content-type": "text/html", ...policy }, body: hostile }),
    );
    await page.goto("/hostile-letter");
    await page.unroute("**/hostile-letter");
  };
  await show({});
  await expect(page.locator("body")).toContainText("ran");
  await show({ "content-security-policy": headers["content-security-policy"] ?? "" });
  await expect(page.getByText("Looks")).toHaveCSS("color", "rgb(1, 2, 3)");
  await expect(page.getByText("Sheet")).toHaveCSS("color", "rgb(4, 5, 6)");
  await page.getByText("click").click();
  await page.getByText("go").click();
  await expect(page.locator("body")).not.toContainText("ran");
});

test("S42: after ten within an hour neither editor nor designer sends a further test, and both say from when on", async ({
  page,
}) => {
  const template = await copy("Welcome: email", "Sent too often");
  const tests = `insert into communication_logs (channel, class, member_id, recipient, status, event_data, queued_at)
    select 'email', 'service', u.id, u.email, 'sent', '{"is_test": true, "of": "a burst"}', now() - interval '50 minutes'
    from users u, generate_series(1, 10) where u.email = $1`;
  await signIn(page, "admin");
  await begin(page, "Sent too often");
  await add(page, "Send an email");
  await details(page).getByLabel("Template", { exact: true }).selectOption({ label: "Sent too often" });
  await saved(page);
  const sheet = await tryForLena(page);
  await query(tests, [people.admin]);
  const refusal = /You sent yourself 10 tests within an hour\. Send the next one from \d\d:\d\d\./;
  await sheet.getByRole("button", { name: /^Send me a test/ }).click();
  await expect(sheet.getByRole("status").filter({ hasText: refusal })).toBeVisible();

  await page.goto(`/admin/templates/${template}`);
  await page.getByRole("button", { name: "Send me a test" }).click();
  await expect(page.getByRole("status").filter({ hasText: refusal })).toBeVisible();
  expect(await sentOf(template)).toEqual([]);

  await query(`delete from communication_logs where event_data ->> 'of' = 'a burst'`);
  await page.getByRole("button", { name: "Send me a test" }).click();
  await expect(page.getByText(`A test is on its way to ${people.admin}.`)).toBeVisible();
});
