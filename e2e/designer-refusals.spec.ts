import { expect } from "@playwright/test";
import { watchComplaints } from "./expectations.ts";
import { signIn } from "./sign-in.ts";
import { copy, field, letter, query, save, saved } from "./template-pages.ts";
import { test } from "./test.ts";

test("B17, B20, B21: no placeholder, no subject and no sender but sound ones are saved", async ({ page }) => {
  const complaints = watchComplaints(page);
  const id = await copy("Welcome: email", "Refused");
  const [before] = await query("select subject, body_html, from_address from communication_templates where id = $1", [
    id,
  ]);
  await signIn(page, "admin", `/admin/templates/${id}`);
  const refuse = async (label: string, text: string, message: RegExp) => {
    const input = field(page, label);
    const sound = await input.inputValue();
    await input.fill(text);
    await expect(page.getByRole("listitem").filter({ hasText: message })).toBeVisible();
    await input.fill(sound);
    await expect(page.getByRole("listitem").filter({ hasText: message })).toBeHidden();
  };

  await page.getByText("HTML", { exact: true }).click();
  for (const name of ["__proto__", "toString", 'constructor.constructor("return process")()']) {
    await refuse("Body as HTML", `<p>{{ ${name} }}</p>`, /is unknown|cannot be read/);
  }
  await refuse("Subject", "x".repeat(256), /Subject: one line, up to 255 characters\./);
  for (const address of ["rico@evil.example", "a@b.ch, c@d.ch", "nobody"]) {
    await refuse("Sender's address", address, /The sender must be one address on /);
  }
  await field(page, "Subject").fill("x".repeat(256));
  await save(page).click();
  await expect(page.getByText("Not saved. Correct what is marked first.")).toBeVisible();
  await field(page, "Subject").fill("");
  await field(page, "Subject").evaluate((input: HTMLInputElement) => {
    input.focus();
    document.execCommand("insertText", false, "Hi\r\nBcc: x@evil.example");
  });
  await expect(field(page, "Subject")).not.toHaveValue(/[\r\n]/);
  expect(
    await query("select subject, body_html, from_address from communication_templates where id = $1", [id]),
  ).toEqual([before]);
  expect(complaints).toEqual([]);
});

test("B22: a notification leads to a page of the app or to https, and nowhere else", async ({ page }) => {
  const id = await copy("Welcome: notification", "Leads away");
  await signIn(page, "admin", `/admin/templates/${id}`);
  const leadsTo = field(page, "Leads to");
  const message = page.getByText("The link must start with / or https://, with the whole host written out");
  for (const address of [
    "javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "//evil.example",
    "/\\evil.example",
    "https://evil@gym.ch",
    "/\t/evil.example",
  ]) {
    await leadsTo.fill(address);
    await expect(message).toBeVisible();
    await leadsTo.fill("/me/membership");
    await expect(message).toBeHidden();
  }
  await leadsTo.fill("//evil.example");
  await save(page).click();
  await expect(page.getByText("Not saved. Correct what is marked first.")).toBeVisible();
  await leadsTo.fill("/me/membership");
  await save(page).click();
  await expect(saved(page)).toBeVisible();
});

test("B19, B23: advertising carries its way out, and a text part is made where none is written", async ({ page }) => {
  const id = await copy("Absence: email", "With a way out");
  await query("update communication_templates set body_text = null, class = 'marketing' where id = $1", [id]);
  await signIn(page, "admin", `/admin/templates/${id}`);
  await expect(letter(page).getByRole("link", { name: /unsubscribe/i })).toBeVisible();
  await page.getByText("HTML", { exact: true }).click();
  await field(page, "Body as HTML").fill("<h1>Hi {{ member_first_name }}</h1>\n<p>All of it is mine.</p>");
  await expect(letter(page).getByText("All of it is mine.").last()).toBeVisible();
  await expect(letter(page).getByRole("link", { name: /unsubscribe/i })).toBeVisible();
  const preview = page.getByRole("region", { name: "Preview" });
  await preview.getByText("Text", { exact: true }).click();
  await expect(preview.locator("pre")).toHaveText(/Hi Mara[\s\S]*All of it is mine\.[\s\S]*unsubscribe/i);
});
