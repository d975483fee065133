import { expect, type Page } from "@playwright/test";
import pg from "pg";
import { expectAccessible, expectNoSidewaysScroll, watchComplaints } from "./expectations.ts";
import { signIn } from "./sign-in.ts";
import { test } from "./test.ts";

async function query(text: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: process.env.OWNER_DATABASE_URL });
  await client.connect();
  const { rows } = await client.query(text, values);
  await client.end();
  return rows;
}

const newestAct = async (action: string) =>
  (await query("select before, after from audit_events where action = $1 order by id desc limit 1", [action]))[0];

const form = (page: Page, name: string) => page.getByRole("form", { name });

test.afterAll(() =>
  query("update gym_settings set quiet_hours_start = '00:00', quiet_hours_end = '00:00', daily_cap = 1"),
);

test("an admin changes the quiet hours, is told what they mean, and a wrong input stays to be corrected", {
  tag: "@redis",
}, async ({ page }) => {
  const complaints = watchComplaints(page);
  await signIn(page, "admin");
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Sending" }).click();
  const quiet = form(page, "Quiet hours");
  const save = quiet.getByRole("button", { name: "Save" });
  await expect(quiet).toContainText("There are no quiet hours");
  await expect(save).toBeDisabled();
  await quiet.getByLabel("From").fill("21:30");
  await quiet.getByLabel("To").fill("08:00");
  await expect(quiet).toContainText("Messages leave from 08:00 to 21:30");
  await save.press("Enter");
  await expect(page.getByText("Quiet hours: saved.")).toBeVisible();
  expect(await newestAct("settings.quiet_changed")).toEqual({
    before: { quietHoursStart: "00:00:00", quietHoursEnd: "00:00:00" },
    after: { quietHoursStart: "21:30", quietHoursEnd: "08:00" },
  });
  await page.reload();
  await expect(quiet.getByLabel("From")).toHaveValue("21:30");

  const caps = form(page, "How often members hear from you");
  const daily = caps.getByRole("textbox", { name: "Per member and day" });
  await daily.fill("many");
  await caps.getByRole("button", { name: "Save" }).click();
  await expect(daily).toHaveAccessibleDescription(/A whole number from 0 to 100/);
  await expect(daily).toHaveValue("many");
  await expectAccessible(page);
  await daily.fill("2");
  await expect(daily).not.toHaveAccessibleDescription(/whole number/);
  await page.getByRole("link", { name: "Members", exact: true }).click();
  const ask = page.getByRole("dialog", { name: "Leave without saving?" });
  await ask.getByRole("button", { name: "Stay" }).click();
  await caps.getByRole("button", { name: "Discard changes" }).click();
  await expect(daily).toHaveValue("1");
  expect(complaints).toEqual([]);
});

test("of two admins who change the same, the second sees both and decides", { tag: "@redis" }, async ({
  page,
  browser,
}) => {
  await signIn(page, "admin", "/admin/settings/automation");
  const context = await browser.newContext({ baseURL: process.env.BASE_URL });
  const other = await context.newPage();
  await signIn(other, "admin", "/admin/settings/automation");
  const runs = (whose: Page) => form(whose, "The brake").getByRole("textbox", { name: "More runs than" });
  await runs(page).fill("60");
  await runs(other).fill("70");
  const save = (whose: Page) => form(whose, "The brake").getByRole("button", { name: "Save" }).click();
  await save(other);
  await expect(other.getByText("The brake: saved.")).toBeVisible();
  await save(page);
  const notice = page.getByRole("alert").filter({ hasText: "What you typed is kept" });
  await expect(notice).toContainText('changed "The brake" just now');
  await expect(notice).toContainText("Theirs: 70 · Yours: 60");
  await expectAccessible(page);
  await expect(runs(page)).toHaveValue("60");
  await notice.getByRole("button", { name: "Save mine over theirs" }).click();
  await expect(page.getByText("The brake: saved.")).toBeVisible();
  expect(await newestAct("settings.brake_changed")).toEqual({
    before: { brakeMinRuns: 70 },
    after: { brakeMinRuns: 60 },
  });
  await query("update gym_settings set brake_min_runs = 50");
  await context.close();
});

test("when the next sweep would be is said before it is saved", { tag: "@redis" }, async ({ page }) => {
  await signIn(page, "admin", "/admin/settings/automation");
  const days = form(page, "Days and nights");
  await expect(days).toContainText(/Next sweep: (today|tomorrow|at once)/);
  await days.getByRole("combobox", { name: "Time zone" }).selectOption("Pacific/Kiritimati");
  await days.getByLabel("Nightly sweep").fill("");
  await expect(days).not.toContainText("Next sweep");
  await days.getByRole("button", { name: "Save" }).click();
  await expect(days.getByLabel("Nightly sweep")).toHaveAccessibleDescription(/such as 04:00/);
  await days.getByRole("button", { name: "Discard changes" }).click();
});

test("a test of the sender arrives, and locations are added once", { tag: "@redis" }, async ({ page }) => {
  await signIn(page, "admin", "/admin/settings/sending");
  await page.getByRole("button", { name: "Send a test to admin@demo.example" }).click();
  await expect(page.getByRole("status").filter({ hasText: "On its way to admin@demo.example" })).toBeVisible();
  await expect(async () => {
    const [mail] = await query(
      `select m.status from communication_logs m join message_bodies b on b.message_id = m.id
       where b.subject like '[TEST] Email from % arrives' order by m.id desc limit 1`,
    );
    expect(mail?.status).toBe("sent");
  }).toPass({ timeout: 20_000 });

  await page.goto("/admin/settings");
  const name = page.getByRole("textbox", { name: "New location" });
  for (const says of ["Hardbrücke was added.", "There is one of that name"]) {
    await name.fill("Hardbrücke");
    await page.getByRole("button", { name: "Add" }).click();
    await expect(page.getByText(says)).toBeVisible();
  }
  await expect(name).toHaveAccessibleDescription("There is one of that name");
});

test("a role is given and taken, and never the last admin's", { tag: "@redis" }, async ({ page }) => {
  await signIn(page, "admin", "/admin/settings/staff");
  const row = (name: string) => page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
  await test.step("the only admin", async () => {
    await page.getByRole("button", { name: "Change role: " }).and(page.getByText("Make staff")).first().click();
    const dialog = page.getByRole("dialog", { name: /^Take .* role as admin\?$/ });
    await dialog.getByRole("button", { name: "Make staff" }).click();
    await expect(dialog.getByRole("alert")).toContainText("is the only admin");
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Cancel" }).click();
  });
  await test.step("somebody new", async () => {
    await page.getByRole("button", { name: "Add somebody" }).click();
    const dialog = page.getByRole("dialog", { name: "Add somebody who works here" });
    await dialog.getByRole("textbox", { name: "First name" }).fill("Mia");
    await dialog.getByRole("textbox", { name: "Last name" }).fill("Roth");
    await dialog.getByRole("textbox", { name: "Email" }).fill("mia@x");
    await dialog.getByRole("button", { name: "Add" }).click();
    await expect(dialog.getByRole("textbox", { name: "Email" })).toHaveAccessibleDescription(/One address/);
    await dialog.getByRole("textbox", { name: "Email" }).fill("mia@demo.example");
    await dialog.getByRole("button", { name: "Add" }).click();
    await expect(row("Mia Roth")).toContainText("mia@demo.example");
  });
  for (const [button, role] of [
    ["Make admin", "Admin"],
    ["Make staff", "Staff"],
  ]) {
    await row("Mia Roth").getByRole("button", { name: "Change role: Mia Roth" }).click();
    await page.getByRole("dialog").getByRole("button", { name: button }).click();
    await expect(row("Mia Roth").getByRole("cell", { name: role, exact: true })).toBeVisible();
  }
  expect(await newestAct("role_changed")).toEqual({ before: { role: "admin" }, after: { role: "staff" } });
  await row("Mia Roth").getByRole("button", { name: "Remove: Mia Roth" }).click();
  await page.getByRole("dialog", { name: "Remove Mia Roth?" }).getByRole("button", { name: "Remove" }).click();
  await expect(row("Mia Roth")).toBeHidden();
});

for (const path of ["", "/automation", "/sending", "/staff"]) {
  test(`/admin/settings${path} is accessible and fits a phone`, { tag: "@redis" }, async ({ page }) => {
    const complaints = watchComplaints(page);
    await signIn(page, "admin", `/admin/settings${path}`);
    await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoSidewaysScroll(page);
    expect(complaints).toEqual([]);
  });
}
