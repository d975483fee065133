import { readFile, writeFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll, watchComplaints } from "./expectations.ts";
import { signIn } from "./sign-in.ts";
import { test } from "./test.ts";

const backend = process.env.E2E_BACKEND ?? "";

async function bring(page: Page, content: string | Buffer, { name = "members.csv", kind = "Members" } = {}) {
  const file = test.info().outputPath(name);
  await writeFile(file, content);
  await page.goto("/admin/members/import");
  await page.getByRole("combobox", { name: "What is in the file" }).selectOption(kind);
  await page.getByLabel("Choose a CSV file").setInputFiles(file);
}

async function bringReadable(page: Page, content: string | Buffer, further = {}) {
  await bring(page, content, further);
  await page.waitForURL(/members\/import\/\d+$/, { timeout: 30_000 });
}

const discard = (page: Page) => page.getByRole("button", { name: "Discard the file" }).click();
const begin = (page: Page) => page.getByRole("button", { name: /^Import [\d,]+ lines?$/ });
const figure = (page: Page, name: string) =>
  page.getByRole("region", { name: "Result" }).locator("div", { hasText: name }).last().getByRole("definition");

async function expectFitForAll(page: Page) {
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1440, height: 900 });
}

test("B39, B42: 10,000 members come in by the browser, while the admin is elsewhere; brought again they change nothing", {
  tag: "@queue",
}, async ({ page }) => {
  test.setTimeout(240_000);
  const complaints = watchComplaints(page);
  await signIn(page, "admin", "/admin/members");
  await page.getByRole("link", { name: "Import", exact: true }).click();
  await page.waitForURL(/members\/import$/);
  await expect(page.getByRole("heading", { name: "Import", exact: true })).toBeVisible();
  await expectFitForAll(page);

  const lines = Array.from({ length: 10_000 }, (_, index) => {
    const birthday = index === 812 ? "1990-02-30" : "1990-02-20";
    return `IB${backend}${index},Imported${backend},Number ${index},n${index}@${backend}.example,${birthday}`;
  });
  const file = ["Mitgliedsnummer,Vorname,Nachname,E-Mail,Geburtsdatum", ...lines, "=1+1;only one cell"].join("\r\n");
  await bringReadable(page, file);

  await expect(begin(page)).toHaveText("Import 9,999 lines", { timeout: 60_000 });
  await expect(figure(page, "New")).toHaveText("9,999");
  await expect(page.getByText("Nothing is stored yet.")).toBeVisible();
  const preview = page.getByRole("region", { name: "The first lines as they will be read" });
  await expect(preview.getByRole("combobox", { name: "What Vorname is" })).toHaveValue("first_name");
  const errors = page.getByRole("region", { name: "Lines with errors" });
  await expect(errors.getByRole("row")).toHaveText([
    /LineColumn/,
    /814birth_date1990-02-301990 has no 30 February/,
    /10002––has 1 cells, the header has 5/,
  ]);
  await expectFitForAll(page);
  const started = page.waitForEvent("download");
  await errors.getByRole("link", { name: "Download errors" }).click();
  const download = await started;
  expect(await readFile(await download.path(), "utf8")).toContain(
    "814,birth_date,1990-02-30,1990 has no 30 February\r\n",
  );

  const address = page.url();
  await begin(page).click();
  await expect(page.getByRole("progressbar")).toBeVisible();
  await page.goto("/admin/workflows");
  await expect(page.getByRole("heading", { name: "Workflows", exact: true })).toBeVisible();
  await page.goto("/admin/members/import");
  await expect(page.getByRole("listitem").filter({ hasText: "members.csv" }).first()).toContainText(/import/i);
  await page.goto(address);
  await expect(page.getByText("Imported in part")).toBeVisible({ timeout: 90_000 });
  await expect(figure(page, "New")).toHaveText("9,999");
  await expect(figure(page, "With errors")).toHaveText("2");
  await expectFitForAll(page);

  await bringReadable(page, file);
  await expect(figure(page, "Unchanged")).toHaveText("9,999", { timeout: 60_000 });
  await expect(figure(page, "New")).toHaveText("0");
  await discard(page);
  await page.waitForURL(/members\/import$/);
  await page.goto(`/admin/members?q=imported${backend}`);
  await expect(page.getByRole("link", { name: `Imported${backend} Number 0`, exact: true })).toBeVisible();
  expect(complaints).toEqual([]);
});

const latin1 = (text: string) => Buffer.from(text, "latin1");

const refusals: [what: string, content: string | Buffer, message: RegExp][] = [
  ["B35 empty", "", /The file is empty\./],
  ["B41 a workbook", "PK\u0003\u0004 and more", /This is not a CSV file \(it starts with PK\)\. If it is a workbook/],
  ["B41 a program", Buffer.from("4d5a90000300", "hex"), /This is not a CSV file/],
  ["B37 larger than 50 MB", Buffer.alloc(50 * 1024 * 1024 + 1, "a"), /At most 50 MB and 200,000 lines/],
];

test("B35–B41: what is no file to take is refused at once, and says why", { tag: "@redis" }, async ({ page }) => {
  await signIn(page, "admin");
  for (const [what, content, message] of refusals) {
    await bring(page, content);
    await expect(page.getByRole("alert").filter({ hasText: message }), what).toBeVisible();
  }
  await expectFitForAll(page);
});

const readings: [what: string, content: string | Buffer, seen: RegExp[]][] = [
  ["B35 only a header", "email,first_name\n", [/The file has a header and no lines/]],
  ["B36 UTF-16", Buffer.from("\ufeffexternal_id,first_name\nU16,Zoë\n", "utf16le"), [/Read as UTF-16/, /Zoë/]],
  ["B36 Windows-1252", latin1("external_id;last_name\nW1;Z\xfcrich\n"), [/Windows-1252, separated by “;”/, /Zürich/]],
  ["B36 CR alone", "external_id,first_name\rCR1,Ada\r", [/CR1/]],
  ["B36 a quote", 'external_id,first_name\nQ1,Ada\nQ2,"Bob\n', [/Line 3: a quote is not closed/]],
  ["B38 twice", "email,first_name\na@twice.example,A\na@twice.example,B\n", [/Lines 2 and 3: same email/]],
  ["B40 formulas", "external_id,first_name\nF1,=1+1\nF2,@SUM(A1)\n", [/=1\+1/, /@SUM\(A1\)/]],
  ["B40 NUL", "external_id,first_name\nN1,a\0b\n", [/cannot be stored/]],
];

test("B35–B43: what can be read in part says what and where, before anything is stored", { tag: "@redis" }, async ({
  page,
}) => {
  test.setTimeout(180_000);
  const complaints = watchComplaints(page);
  await signIn(page, "admin");
  for (const [what, content, seen] of readings) {
    await bringReadable(page, content);
    for (const words of seen) {
      await expect(page.getByText(words).first(), what).toBeVisible({ timeout: 20_000 });
    }
  }

  await test.step("B35: which column is which is asked where the header does not say", async () => {
    await bringReadable(page, "Wer,Vorname,Vorname\nX1,Ada,Lovelace\n");
    await expect(
      page.getByText(/Say which column is external_id or email.*may have: external_id, email/),
    ).toBeVisible();
    await page.getByRole("button", { name: "Check all lines" }).click();
    await expect(page.getByRole("alert").filter({ hasText: /Say which column is external_id or email/ })).toBeVisible();
    await page.getByRole("combobox", { name: "What Wer is" }).selectOption("external_id");
    await page.getByRole("combobox", { name: "What Vorname is" }).last().selectOption("last_name");
    await expectFitForAll(page);
    await page.getByRole("button", { name: "Check all lines" }).click();
    await expect(begin(page)).toHaveText("Import 1 line", { timeout: 20_000 });
  });

  await test.step("B43: how the file writes its days is asked once for all", async () => {
    await bringReadable(page, "external_id,birth_date\nD1,03/04/1990\nD2,05/06/1991\n");
    await expect(page.getByText(/Is that day\/month or month\/day\?/)).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole("button", { name: "Check all lines" })).toBeDisabled();
    await page.getByRole("radio", { name: /^Month first/ }).check();
    await expectFitForAll(page);
    await page.getByRole("button", { name: "Check all lines" }).click();
    await expect(begin(page)).toHaveText("Import 2 lines", { timeout: 20_000 });
    await expect(page.getByRole("cell", { name: "1990-03-04" })).toBeVisible();
    await discard(page);
    await page.waitForURL(/members\/import$/);
  });
  expect(complaints).toEqual([]);
});

test("imports are the admins'", { tag: "@redis" }, async ({ page }) => {
  await signIn(page, "trainer");
  for (const address of ["/admin/members/import", "/admin/members/import/1"]) {
    expect((await page.goto(address))?.status()).toBe(403);
  }
});
