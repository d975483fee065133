import { expect, type Page } from "@playwright/test";
import { add, begin, details, saved } from "./editor-pages.ts";
import { expectAccessible, watchComplaints } from "./expectations.ts";
import { signIn } from "./sign-in.ts";
import { copy, idOf, query } from "./template-pages.ts";
import { test } from "./test.ts";

const card = (page: Page, text: RegExp) => page.getByRole("button", { name: text });
const publish = (page: Page) => page.getByRole("dialog", { name: "Publish" });
const openTrigger = (page: Page) => card(page, /what starts it/).click();
const openSettings = (page: Page) => page.getByRole("button", { name: "Name, cooldown and exits" }).click();
const chooseTrigger = (page: Page, label: string) =>
  details(page).getByLabel("Starts when a member…").selectOption({ label });

/** Puts into a draft what the editor itself would not make: it came by an import, or from an older version. */
async function store(page: Page, parts: Record<string, unknown>) {
  const set = Object.keys(parts).map((name, index) => `jsonb_build_object('${name}', $${index + 2}::jsonb)`);
  await query(
    `update automation_workflows set revision = revision + 1, draft = draft || ${set.join(" || ")} where id = $1`,
    [
      Number(new URL(page.url()).pathname.split("/").at(-1)),
      ...Object.values(parts).map((part) => (typeof part === "string" ? part : JSON.stringify(part))),
    ],
  );
  await page.goto(page.url());
  // Until it has come to life it hears no click.
  await page.waitForLoadState("networkidle");
}

const isPublished = async (page: Page) => {
  const [row] = await query<{ live: string | null }>(
    "select live_version_id as live from automation_workflows where id = $1",
    [Number(page.url().split("/").at(-1))],
  );
  return row?.live !== null;
};

const act = (id: number, type: string, params: unknown) => ({ id, action: { type, params } });

test("B3, B8, B9, B10, B12, B14: what came by other means is told by its card, and all at once before publishing", async ({
  page,
}) => {
  const complaints = watchComplaints(page);
  const archived = await copy("Welcome: email", "Put away");
  await query("update communication_templates set archived_at = now() where id = $1", [archived]);
  const sms = await idOf("First visit: text message", "sms");
  await signIn(page, "admin");
  await begin(page, "From elsewhere");
  await saved(page);
  await store(page, {
    trigger: '{"type": "full_moon", "params": {"__proto__": {"polluted": true}}}',
    steps: [
      act(1, "add_tag", { tag: "x", isAdmin: true }),
      act(2, "send_email", { template_id: sms }),
      act(3, "send_email", { template_id: archived }),
      act(4, "send_pigeon", {}),
    ],
  });
  const told: [RegExp, RegExp][] = [
    [/what starts it.*problem/, /^Trigger 'full_moon' is unknown\. Known: /],
    [/^Add a tag.*step 1 of 4.*one problem/, /unknown field 'isAdmin'/],
    [/^Send an email.*step 2 of 4.*one problem/, new RegExp(`Template ${sms} is for sms, not email`)],
    [/^Send an email.*step 3 of 4.*one problem/, /Template "Put away" is archived/],
    [/^send_pigeon.*step 4 of 4.*one problem/, /Action 'send_pigeon' is unknown\. Known: /],
  ];
  for (const [owner, message] of told) {
    await card(page, owner).click();
    await expect(details(page).getByText(message)).toBeVisible();
  }
  await expectAccessible(page);
  await page.getByRole("button", { name: "Publish" }).click();
  for (const [, message] of told) {
    await expect(publish(page).getByRole("alert")).toContainText(new RegExp(message.source.replace("^", "")));
  }
  await expect(publish(page).getByRole("button", { name: "Publish" })).toBeDisabled();
  expect(await isPublished(page)).toBe(false);
  expect(await page.evaluate(() => "polluted" in {})).toBe(false);

  await test.step("too many steps, and none", async () => {
    for (const [count, message] of [
      [51, "A workflow has at most 50 steps, and this one has 51"],
      [0, "A workflow needs at least one step"],
    ] as const) {
      await store(page, {
        trigger: { type: "birthday" },
        steps: Array.from({ length: count }, (_, index) => act(index + 1, "add_tag", { tag: "x" })),
      });
      await page.getByRole("button", { name: "Publish" }).click();
      await expect(publish(page).getByRole("alert")).toContainText(message);
    }
  });

  await test.step("what no canvas can show is told in words, and begun anew", async () => {
    const twice = [act(1, "add_tag", { tag: "x" }), act(1, "add_tag", { tag: "y" })];
    for (const [steps, message] of [
      [twice, "Step id: 1 is used twice"],
      [`${"[".repeat(3_000)}${"]".repeat(3_000)}`, "Too large to be read"],
    ] as const) {
      await store(page, { steps });
      await expect(page.getByText("What is stored of this workflow cannot be shown as steps.")).toBeVisible();
      await expect(page.getByRole("listitem").filter({ hasText: message })).toBeVisible();
    }
    await page.getByRole("button", { name: "Begin anew with a draft" }).click();
    await add(page, "Wait");
    await saved(page);
  });
  expect(complaints).toEqual([]);
});

test("B1, B2, B4–B7, B11, B14: what is typed is told at its field", async ({ page }) => {
  await signIn(page, "admin");
  await begin(page, "Typed");
  await add(page, "Add a tag");
  await details(page).getByLabel("Tag", { exact: true }).fill("x");
  await saved(page);
  const type = async (label: string, text: string, error: RegExp | null) => {
    const field = details(page).getByLabel(label, { exact: true });
    await field.fill(text);
    if (error) {
      await expect(field).toHaveAccessibleDescription(error);
    } else {
      await expect(field).not.toHaveAttribute("aria-invalid", "true");
    }
  };

  await openSettings(page);
  await type("Name", "   ", /Name: give 1 to 100 characters \(you gave 0\)/);
  await type("Name", "a\0b", /The text contains a character that can't be stored \(U\+0000\)/);
  await type("Name", "Typed", null);
  await details(page).getByLabel("Name", { exact: true }).press("End");
  await page.keyboard.insertText("x".repeat(200));
  await expect(details(page).getByLabel("Name", { exact: true })).toHaveValue(`Typed${"x".repeat(95)}`);
  await type("Name", "Typed", null);
  for (const days of ["-1", "5000"]) {
    await type("Cooldown (days)", days, /whole number of days from 0 to 3650/);
  }

  await openTrigger(page);
  for (const days of ["-1", "0", "1000000000"]) {
    await type("Days without a visit", days, /whole number from 1 to 3650/);
  }
  await type("Days without a visit", "30", null);
  await details(page).getByLabel("Days without a visit").fill("");
  await page.keyboard.type("1.5 days");
  await expect(details(page).getByLabel("Days without a visit")).toHaveValue("15");
  await chooseTrigger(page, "Is likely to leave");
  await type("Risk threshold", "1.2", /number from 0 to 1, with a dot/);
  await type("Risk threshold", "0.7", null);
  await chooseTrigger(page, "Membership is about to end");
  await type("Days before the end", "3", null);
  await type("Days left at least", "5", /Days left at least \(5\) must not be more than Days before the end \(3\)/);
  await chooseTrigger(page, "Reached a milestone");
  await type("Value", "0", /whole number from 1 to 100,000/);
  await expect(details(page).getByLabel("What is counted")).toHaveAccessibleDescription(/^One of/);

  await page.getByRole("button", { name: "Publish" }).click();
  await expect(publish(page).getByRole("alert")).toContainText(/Cooldown[\s\S]*Value/);
  await expect(publish(page).getByRole("button", { name: "Publish" })).toBeDisabled();
  await page.keyboard.press("Escape");

  await test.step("a cooldown of 0 is asked about", async () => {
    await chooseTrigger(page, "Has stopped coming");
    await openSettings(page);
    await type("Cooldown (days)", "0", null);
    await page.getByRole("button", { name: "Publish" }).click();
    await expect(publish(page).getByRole("button", { name: "Publish" })).toBeDisabled();
    await publish(page).getByLabel("It may start for the same member every day").check();
    await publish(page).getByRole("button", { name: "Publish" }).click();
    await expect(page.getByText("“Typed” is published.")).toBeVisible();
    expect(await isPublished(page)).toBe(true);
  });

  await test.step("a value cannot be called like the prototype", async () => {
    await details(page).getByRole("button", { name: "Add a value" }).click();
    const name = details(page).getByRole("group", { name: "Values" }).getByLabel("Name");
    await name.fill("__proto__");
    await expect(name).toHaveAccessibleDescription("No value may be called that");
    expect(await page.evaluate(() => "polluted" in {})).toBe(false);
  });
});
