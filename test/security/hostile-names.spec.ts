import { expect, type Page, test } from "@playwright/test";
import { sql } from "drizzle-orm";
import { connect } from "#db/client";
import type { TemplateContent } from "#db/schema/templates";
import { compileTemplate } from "#messaging/render";
import { watchComplaints } from "../../e2e/expectations.ts";
import { signIn } from "../../e2e/sign-in.ts";
import { hostileNames, tidied, tidiedLine } from "../support/hostile-names.ts";
import { baseUrl } from "./http.ts";

const plain = "Plainname";
const names = [plain, ...hostileNames];

/** What a page does that was to be looked at only: dialogs that it opens, requests to strangers. */
async function watchDeeds(page: Page, isOurs: (url: URL) => boolean): Promise<string[]> {
  const deeds: string[] = [];
  page.on("dialog", async (dialog) => {
    deeds.push(`opened ${dialog.type()}`);
    await dialog.dismiss();
  });
  page.on("popup", () => deeds.push("opened a window"));
  await page.context().route("**/*", (route) => {
    const url = route.request().url();
    if (isOurs(new URL(url))) {
      return route.continue();
    }
    deeds.push(`asked for ${url}`);
    return route.abort();
  });
  return deeds;
}

/** Each element below a root, with the names of its attributes. */
const elementsOf = (root: Element) =>
  [...root.querySelectorAll("*")].map((element) => [element.tagName, ...element.getAttributeNames()].join(" "));

const content: TemplateContent = {
  channel: "email",
  class: "marketing",
  language: "en",
  subject: "Hello",
  title: "Hello",
  body_html: '<p title="{{ member_first_name }}">Dear {{ member_first_name }},</p><p>come!</p>',
  body_text: null,
  from_address: null,
  from_name: null,
  action_url: "/me",
  icon: "info",
  translations: {},
};

test("S16: no name makes a mail open a dialog, load anything or hold another element", async ({ page }) => {
  const deeds = await watchDeeds(page, () => false);
  const template = compileTemplate(content, "en", { name: "Gym", postalAddress: "Here 1", language: "en" });
  const links = { appUrl: "https://app.example", unsubscribeUrl: "https://app.example/unsubscribe/1" };
  const open = async (name: string) => {
    await page.setContent(template.render({ member_first_name: name }, links).html);
    const elements = await page.locator("html").evaluate(elementsOf);
    const greeting = page.locator("p[title]");
    return { elements, said: [await greeting.textContent(), await greeting.getAttribute("title")] };
  };
  const { elements: usual } = await open(plain);
  for (const name of names) {
    // A browser reads every line end in HTML as one kind.
    const text = tidied(name);
    expect(await open(name), name).toEqual({ elements: usual, said: [`Dear ${text},`, text] });
  }
  expect(deeds).toEqual([]);

  await page.setContent("<img src=https://evil.example/pixel.gif><script>alert(1)</script>");
  expect(deeds.sort()).toEqual(["asked for https://evil.example/pixel.gif", "opened alert"]);
});

/** Puts them where delivery would, for as long as they are looked at. */
async function withNotifications(look: () => Promise<void>): Promise<void> {
  const { db, close } = connect({ connectionString: process.env.DATABASE_URL ?? "", max: 1 });
  const { rows } = await db.execute<{ id: number }>(sql`
    insert into notifications (member_id, title, body, action_url)
    select users.id, title, body, '/me'
    from users, unnest(
      ${sql.param(names.map((name) => `Hello ${tidiedLine(name)}`))}::text[],
      ${sql.param(names.map((name) => `Come, ${tidied(name)}!`))}::text[]) as given (title, body)
    where email = 'member@demo.example' returning notifications.id`);
  try {
    await look();
  } finally {
    await db.execute(sql`delete from notifications where id = any(${sql.param(rows.map(({ id }) => id))}::bigint[])`);
    await close();
  }
}

test("S16, S43: nor does any in the notification center", async ({ page }) => {
  await signIn(page, "member");
  await withNotifications(async () => {
    const complaints = watchComplaints(page);
    const deeds = await watchDeeds(page, ({ origin }) => origin === new URL(baseUrl).origin);
    await page.goto("/me/notifications");
    const rows = page.getByRole("listitem").filter({ hasText: /Come, [\s\S]*!/ });
    const older = page.getByRole("button", { name: "Show older ones" });
    await expect(async () => {
      if (await older.isVisible()) {
        await older.click();
      }
      expect(await rows.count()).toBe(names.length);
    }).toPass();
    const shown = await rows.evaluateAll((items) =>
      items.map((item) => ({
        elements: [...item.querySelectorAll("*")].map(({ tagName }) => tagName).join(" "),
        texts: [item.querySelector("a")?.textContent, item.querySelectorAll("p")[1]?.textContent],
      })),
    );
    const usual = shown.find(({ texts }) => texts.join().includes(plain));
    expect(shown).toEqual(
      names.map((name) => ({ ...usual, texts: [`Hello ${tidiedLine(name)}`, `Come, ${tidied(name)}!`] })).reverse(),
    );
    expect([deeds, complaints]).toEqual([[], []]);
  });
});
