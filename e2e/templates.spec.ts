import { expect } from "@playwright/test";
import { expectAccessible, watchComplaints } from "./expectations.ts";
import { people, signIn } from "./sign-in.ts";
import { body, copy, field, insertPlaceholder, letter, previewAs, query, save, saved } from "./template-pages.ts";
import { test } from "./test.ts";

test("an email with placeholders is designed in two languages and previewed as three members", async ({ page }) => {
  const complaints = watchComplaints(page);
  await signIn(page, "admin");
  await page.goto("/admin/templates");
  await page.getByRole("link", { name: "New template" }).click();
  await page.getByRole("link", { name: /^Email/ }).click();
  await field(page, "Name").fill("Open day");
  await field(page, "Subject").fill("Come and see us, ");
  await insertPlaceholder(page, "Insert a placeholder: Subject", "First name");
  await expect(field(page, "Subject")).toHaveValue("Come and see us, {{ member_first_name }}");

  await body(page).click();
  await page.keyboard.type("Hello ");
  await insertPlaceholder(page, "Insert a placeholder", "First name");
  await page.keyboard.type(", on Sunday at {{ gym_name }} the doors are open.");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Insert a button" }).click();
  await page.getByLabel("The button leads to").fill("https://gym.example/open-day");
  await body(page).getByText("First name").click();
  await page.getByLabel("If “First name” is empty, write").fill("there");
  await expect(
    letter(page).getByText("Hello Mara, on Sunday at Training Club the doors are open.").last(),
  ).toBeVisible();
  await expect(letter(page).getByRole("link", { name: "Button" })).toHaveAttribute(
    "href",
    "https://gym.example/open-day",
  );
  await save(page).click();
  await expect(page).toHaveURL(/\/admin\/templates\/\d+$/);

  await page.getByRole("tab", { name: "German" }).click();
  await page.getByRole("button", { name: "Begin with the English text" }).click();
  await field(page, "Subject").fill("Schau vorbei, {{ member_first_name }}");
  await save(page).click();
  await expect(saved(page)).toBeVisible();
  expect(
    await query(
      "select body_html, translations -> 'de' ->> 'subject' as de from communication_templates where name = 'Open day'",
    ),
  ).toEqual([
    {
      body_html:
        '<p>Hello {{ member_first_name | default: "there" }}, on Sunday at {{ gym_name }} the doors are open.</p>\n' +
        '<p><a class="button" href="https://gym.example/open-day">Button</a></p>',
      de: "Schau vorbei, {{ member_first_name }}",
    },
  ]);

  const members = await query<{ first: string; name: string; language: string }>(
    `select distinct on (language) first_name as first, first_name || ' ' || last_name as name, language from users
     where role = 'member' and language in ('en', 'de', 'fr') and (select count(*) from users u
       where u.first_name = users.first_name and u.last_name = users.last_name) = 1 order by language, id`,
  );
  expect(members.map(({ language }) => language)).toEqual(["de", "en", "fr"]);
  for (const { first, name, language } of members) {
    await previewAs(page, name);
    await expect(
      page.getByText(language === "de" ? `Schau vorbei, ${first}` : `Come and see us, ${first}`),
    ).toBeVisible();
    await expect(letter(page).getByText(`Hello ${first}, on Sunday`).last()).toBeVisible();
  }
  await page.getByRole("tab", { name: "French" }).click();
  await expect(page.getByText("French says nothing yet: members who read French get it in English.")).toBeVisible();
  expect(complaints).toEqual([]);
});

test("B15, B16, B18: what is wrong stands at its field, with its line; what is unsafe is taken out and said", async ({
  page,
}) => {
  const id = await copy("Welcome: email", "Checked");
  await signIn(page, "admin", `/admin/templates/${id}`);
  await page.getByText("HTML", { exact: true }).click();
  const html = field(page, "Body as HTML");
  await html.fill("<p>Hi</p>\n<p>{{ member_frist_name }}</p>");
  await expect(
    page.getByText("Line 2, column 7: 'member_frist_name' is unknown – did you mean member_first_name?"),
  ).toBeVisible();
  await save(page).click();
  await expect(page.getByText("Not saved. Correct what is marked first.")).toBeVisible();
  await field(page, "Subject").fill("Hi {{ member_first_name");
  await expect(page.getByText(/This cannot be read/).first()).toBeVisible();
  await field(page, "Subject").fill("Hi");
  await html.fill("<p>Hi</p>\n<script>alert(1)</script><p onclick='x()'>there</p>");
  await expect(page.getByText(/2 unsafe parts removed: <script> \(line 2, column 1\)/)).toBeVisible();
  await save(page).click();
  await expect(saved(page)).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "2 unsafe parts removed" })).toBeVisible();
  await expect(body(page).or(html)).toBeVisible();
  expect(await query("select body_html from communication_templates where id = $1", [id])).toEqual([
    { body_html: "<p>Hi</p>\n<p>there</p>" },
  ]);
});

test("what the visual editor cannot hold stays HTML, letter by letter", async ({ page }) => {
  const id = await copy("Welcome: email", "Table");
  const table = '<table width="100%"><tr><td>{% if gym_name %}x{% endif %}</td></tr></table>';
  await query("update communication_templates set body_html = $2 where id = $1", [id, table]);
  await signIn(page, "admin", `/admin/templates/${id}`);
  await expect(page.getByText("Edited as HTML, because the visual editor would lose <table> (line 1).")).toBeVisible();
  await expect(field(page, "Body as HTML")).toHaveValue(table);
  await expect(save(page)).toBeDisabled();
});

test("G16, B13: of two who save the second hears of it, loses nothing and decides", async ({ page, context }) => {
  const id = await copy("Welcome: email", "Shared");
  await signIn(page, "admin", `/admin/templates/${id}`);
  const other = await context.newPage();
  await other.goto(`/admin/templates/${id}`);
  await field(other, "Subject").fill("Theirs");
  await save(other).click();
  await expect(saved(other)).toBeVisible();

  await field(page, "Subject").fill("Mine");
  await save(page).click();
  const conflict = page.getByRole("alert").filter({ hasText: "changed this template" });
  await expect(conflict).toContainText("Anna Meier changed this template");
  await expect(conflict).toContainText("The two differ in: Subject.");
  await expect(field(page, "Subject")).toHaveValue("Mine");
  await expectAccessible(page);
  await conflict.getByRole("button", { name: "Save mine over theirs" }).click();
  await expect(conflict).toBeHidden();
  expect(await query("select subject, revision from communication_templates where id = $1", [id])).toEqual([
    { subject: "Mine", revision: 3 },
  ]);

  await page.getByRole("button", { name: "Versions" }).click();
  await page.getByRole("button", { name: "Restore version 2" }).click();
  await expect(field(page, "Subject")).toHaveValue("Theirs");
  expect(await query("select subject from communication_templates where id = $1", [id])).toEqual([{ subject: "Mine" }]);
  await save(page).click();
  await expect
    .poll(() => query("select subject from communication_templates where id = $1", [id]))
    .toEqual([{ subject: "Theirs" }]);
});

test("what is not saved survives a reload, and nobody leaves it unasked", async ({ page }) => {
  const id = await copy("Welcome: notification", "Unsaved");
  await signIn(page, "admin", `/admin/templates/${id}`);
  await field(page, "Title").fill("Not saved");
  page.once("dialog", (dialog) => dialog.accept());
  await page.reload();
  await expect(field(page, "Title")).toHaveValue("Not saved");
  await expect(page.getByText("Your unsaved changes from before are back")).toBeVisible();
  await page.getByRole("link", { name: "Workflows" }).click();
  const dialog = page.getByRole("dialog", { name: "Leave without saving?" });
  await dialog.getByRole("button", { name: "Stay" }).click();
  await expect(page).toHaveURL(new RegExp(`/admin/templates/${id}$`));
  await page.getByRole("button", { name: "Discard changes" }).click();
  await expect(field(page, "Title")).not.toHaveValue("Not saved");
  await page.getByRole("link", { name: "Workflows" }).click();
  await expect(page).toHaveURL(/\/admin\/workflows$/);
});

test("a preview text is written with placeholders, shown beside the subject, kept, and in the mail", async ({
  page,
}) => {
  const id = await copy("Welcome: email", "Announced");
  await signIn(page, "admin", `/admin/templates/${id}`);
  const preview = page.getByRole("region", { name: "Preview" });
  await expect(field(page, "Preview text")).toHaveAttribute("placeholder", /^Hi Mara, Good to have you/);
  await field(page, "Preview text").fill("{{ member_frist_name }}");
  await expect(page.getByText("'member_frist_name' is unknown – did you mean member_first_name?")).toBeVisible();
  await field(page, "Preview text").fill("A day for <you>, ");
  await insertPlaceholder(page, "Insert a placeholder: Preview text", "First name");
  await expect(preview.getByText("A day for <you>, Mara")).toBeVisible();
  await page.getByRole("tab", { name: "German" }).click();
  await expect(preview.getByText(/^Hallo Mara/)).toBeVisible();
  await field(page, "Preview text").fill("Ein Tag für dich");
  await expect(preview.getByText("Ein Tag für dich")).toBeVisible();
  await expectAccessible(page);
  await save(page).click();
  await expect(saved(page)).toBeVisible();
  expect(
    await query(
      "select preview_text, translations -> 'de' ->> 'preview_text' as de from communication_templates where id = $1",
      [id],
    ),
  ).toEqual([{ preview_text: "A day for <you>, {{ member_first_name }}", de: "Ein Tag für dich" }]);
  await page.reload();
  await expect(letter(page).getByText("A day for <you>, Mara", { exact: false })).toBeAttached();
});

test("E22: a test goes to the admin alone, marked", async ({ page }) => {
  const id = await copy("Welcome: email", "Tried out");
  const count = () => query("select recipient from communication_logs where event_data ? 'is_test'");
  expect(await count()).toEqual([]);
  await signIn(page, "admin", `/admin/templates/${id}`);
  await field(page, "Preview text").fill("Before anybody else");
  await expect(page.getByRole("region", { name: "Preview" }).getByText("Before anybody else")).toBeVisible();
  await page.getByRole("button", { name: "Send me a test" }).click();
  await expect(page.getByText(`A test is on its way to ${people.admin}.`)).toBeVisible();
  expect(await count()).toEqual([{ recipient: people.admin }]);
  const [mail] = await query<{ subject: string; html: string }>(
    "select b.subject, b.html from message_bodies b join communication_logs m on m.id = b.message_id where m.event_data ? 'is_test'",
  );
  expect(mail?.subject).toMatch(/^\[TEST\] Welcome to Training Club/);
  expect(mail?.html).toMatch(/<div style="display:none[^>]*>Before anybody else/);
});
