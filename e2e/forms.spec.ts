import { expect, type Page } from "@playwright/test";
import { changeInput, loseAnswers } from "./actions-on-the-way.ts";
import { add, begin, details, saved } from "./editor-pages.ts";
import { signIn } from "./sign-in.ts";
import { copy, field, query, save, saved as templateSaved } from "./template-pages.ts";
import { test } from "./test.ts";

const count = async (text: string, values: unknown[] = []) => {
  const [row] = await query<{ count: string }>(`select count(*) from ${text}`, values);
  return Number(row?.count);
};
const idIn = (page: Page) => Number(page.url().split("/").at(-1));
const name = (page: Page) => details(page).getByLabel("Name", { exact: true });

test("B55: pressed twice, a button does it once", async ({ page }) => {
  await signIn(page, "admin");
  const workflows = await count("automation_workflows");

  await test.step("a workflow is begun", async () => {
    await page.goto("/admin/workflows/new");
    await page.getByRole("button", { name: "Start blank" }).dblclick();
    await page.waitForURL(/\/admin\/workflows\/\d+$/);
    expect(await count("automation_workflows")).toBe(workflows + 1);
  });

  await test.step("and published", async () => {
    await page.getByRole("button", { name: "Name, cooldown and exits" }).click();
    await name(page).fill("Pressed twice");
    await add(page, "Add a tag");
    await details(page).getByLabel("Tag", { exact: true }).fill("x");
    await saved(page);
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByRole("dialog", { name: "Publish" }).getByRole("button", { name: "Publish" }).dblclick();
    await expect(page.getByText("“Pressed twice” is published.")).toBeVisible();
    expect(await count("workflow_versions where workflow_id = $1", [idIn(page)])).toBe(1);
  });

  await test.step("and switched on", async () => {
    const id = idIn(page);
    await page.getByRole("link", { name: "All workflows" }).click();
    const card = page.getByRole("article", { name: "Pressed twice" });
    await card.getByRole("switch").press("Space");
    const dialog = page.getByRole("dialog", { name: "Switch on “Pressed twice”" });
    await dialog.getByRole("button", { name: "Switch on" }).dblclick();
    await expect(card.getByText("On", { exact: true })).toBeVisible();
    expect(await count("audit_events where action = 'workflow.enabled' and subject_id = $1", [id])).toBe(1);
  });

  await test.step("a template is saved", async () => {
    await page.goto("/admin/templates/new?channel=in_app");
    await field(page, "Name").fill("Saved twice");
    await field(page, "Title").fill("Once");
    await field(page, "Text").fill("And no more");
    await save(page).dblclick();
    await page.waitForURL(/\/admin\/templates\/\d+$/);
    expect(await count("communication_templates where name = 'Saved twice'")).toBe(1);
    await field(page, "Title").fill("Twice");
    await save(page).dblclick();
    await expect(templateSaved(page)).toBeVisible();
    expect(await count("template_versions where template_id = $1", [idIn(page)])).toBe(2);
  });
});

test("B55: pressed again because no answer came, it is done once all the same", async ({ page }) => {
  await signIn(page, "admin");
  await page.goto("/admin/workflows/new");
  const workflows = await count("automation_workflows");
  const letThrough = await loseAnswers(page);
  await page.getByRole("button", { name: "Start blank" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "The server did not answer." })).toBeVisible();
  await letThrough();
  await page.getByRole("button", { name: "Start blank" }).click();
  await page.waitForURL(/\/admin\/workflows\/\d+$/);
  expect(await count("automation_workflows")).toBe(workflows + 1);

  await test.step("nor does somebody meet their own save as another's", async () => {
    await page.getByRole("button", { name: "Name, cooldown and exits" }).click();
    const letThrough = await loseAnswers(page);
    await name(page).fill("Saved and not told");
    await expect(page.getByText(/^Not saved: The server did not answer\./)).toBeVisible();
    await letThrough();
    await page.getByRole("button", { name: "Try again" }).click();
    await saved(page);
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
});

test("B56: an action that is asked for something else refuses in words, and the text stays", async ({ page }) => {
  const template = await copy("Welcome: notification", "Of other types");
  const revisionOf = (table: string, id: number) => count(`${table} where id = $1 and revision > 1`, [id]);
  const strange: [string, (input: Record<string, unknown>) => unknown][] = [
    ["a text", () => "x"],
    ["nothing", () => null],
    ["an object for a text", (input) => ({ ...input, draft: { name: { a: 1 } }, name: { a: 1 } })],
    [
      "a thousand more fields",
      (input) => ({
        ...input,
        ...Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`more${index}`, 1])),
      }),
    ],
    ["a file", (input) => ({ ...input, draft: "$K1", name: "$K1" })],
    ["another's id", (input) => ({ ...input, workflowId: "1", templateId: "1" })],
  ];
  const refusal = /Some fields need another look\.|The server did not answer\./;
  await signIn(page, "admin");
  await begin(page, "Of other types");
  await saved(page);
  const { revision } = (
    await query<{ revision: number }>("select revision from automation_workflows where id = $1", [idIn(page)])
  )[0] as { revision: number };
  for (const [index, [, change]] of strange.entries()) {
    const letThrough = await changeInput(page, change);
    await name(page).fill(`Typed ${index}`);
    await expect(page.getByRole("status").filter({ hasText: refusal })).toBeVisible();
    await expect(name(page)).toHaveValue(`Typed ${index}`);
    expect(await count("automation_workflows where id = $1 and revision = $2", [idIn(page), revision])).toBe(1);
    await letThrough();
  }
  await name(page).fill("Typed at last");
  await saved(page);

  await page.goto(`/admin/templates/${template}`);
  await field(page, "Title").fill("Typed");
  for (const [, change] of strange) {
    const letThrough = await changeInput(page, change);
    await save(page).click();
    await expect(page.getByRole("status").filter({ hasText: refusal })).toBeVisible();
    await expect(field(page, "Title")).toHaveValue("Typed");
    await page.getByRole("button", { name: "Close" }).click();
    await letThrough();
  }
  expect(await revisionOf("communication_templates", template)).toBe(0);
  await save(page).click();
  await expect(templateSaved(page)).toBeVisible();
});
