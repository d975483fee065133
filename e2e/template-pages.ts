import { expect, type Page } from "@playwright/test";
import pg from "pg";

/** Asks the database of the gym under test, as its owner. */
export async function query<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: process.env.OWNER_DATABASE_URL });
  await client.connect();
  const { rows } = await client.query(text, values);
  await client.end();
  return rows;
}

export const idOf = async (name: string, channel = "email") => {
  const [found] = await query<{ id: string }>(
    "select id from communication_templates where name = $1 and channel = $2 and archived_at is null",
    [name, channel],
  );
  return Number(found?.id);
};

/** A copy of a starter, so that no test changes what another reads. The copy that a first try made gives way. */
export async function copy(of: string, name: string) {
  await query("update communication_templates set archived_at = now() where name = $1 and archived_at is null", [name]);
  await query(
    `insert into communication_templates (name, channel, class, language, subject, title, body_html, body_text, translations)
     select $2, channel, class, language, subject, title, body_html, body_text, translations
     from communication_templates where name = $1`,
    [of, name],
  );
  return query<{ id: string }>("select id from communication_templates where name = $1 and archived_at is null", [
    name,
  ]).then(([row]) => Number(row?.id));
}

export const field = (page: Page, label: string) => page.getByRole("textbox", { name: label, exact: true });
export const body = (page: Page) => page.getByRole("textbox", { name: "Body" });
export const letter = (page: Page) =>
  page.getByRole("region", { name: "Preview" }).frameLocator("iframe:not([aria-hidden])");
export const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true });
export const saved = (page: Page) => page.getByText("Saved. Messages that go out from now on say this.");

export async function previewAs(page: Page, name: string) {
  const picker = page.getByRole("combobox", { name: "Preview as" });
  await picker.fill(name);
  await page.getByRole("option", { name: new RegExp(`^${name}`) }).click();
}

export async function insertPlaceholder(page: Page, button: string, label: string) {
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.getByRole("menuitem", { name: label }).click();
  await expect(page.getByRole("menu")).toBeHidden();
  await expect(page.getByRole("textbox").and(page.locator(":focus"))).toBeVisible();
}
