import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { communicationTemplates, gymSettings, templateVersions } from "#db/schema/index";
import { templateRules as rules } from "#messaging/template-rules";
import { fileOf, importFile, template } from "../../test/support/config-files.ts";
import { test } from "../../test/support/database.ts";
import { exportConfig } from "./export-config.ts";

const unsafe = "<p onclick='x'>Hi {{ member_first_name | default: \"<b>\" }}</p><script>alert(1)</script>";
const safe = '<p>Hi {{ member_first_name | default: "<b>" }}</p>';

test("B18: what an import stores is clean, in every language, and the file's owner is told", async ({ tx }) => {
  const file = fileOf([template({ body_html: unsafe, translations: { de: { body_html: unsafe } } })], []);
  const { templates, problems, warnings } = await importFile(tx, file);
  expect({ templates, problems }).toMatchObject({ templates: { created: 1 }, problems: [] });
  expect(warnings.map(({ path }) => path)).toEqual(["templates.0.body_html", "templates.0.translations.de.body_html"]);
  expect(warnings[0]?.message).toMatch(/^line 1, column 1: 2 unsafe parts removed: onclick of <p> .*, <script> /);

  const [stored] = await tx.select().from(communicationTemplates);
  expect(stored).toMatchObject({ bodyHtml: safe, translations: { de: { body_html: safe } } });
  const [version] = await tx.select().from(templateVersions);
  expect(version?.content).toMatchObject({ body_html: safe, translations: { de: { body_html: safe } } });

  // The same file again is the same template, and what is exported needs no cleaning.
  expect(await importFile(tx, file)).toMatchObject({ templates: { created: 0, updated: 0, unchanged: 1 } });
  const { text } = await exportConfig(tx, rules);
  expect(await importFile(tx, text)).toMatchObject({ templates: { unchanged: 1 }, warnings: [], problems: [] });
});

test("B18: what only its author can put right is not stored", async ({ tx }) => {
  const file = fileOf([template({ body_html: "<p title={{ member_first_name }}>x</p>" })], []);
  expect((await importFile(tx, file)).problems).toMatchObject([{ path: "templates.0.body_html" }]);
  expect(await tx.$count(communicationTemplates)).toBe(0);
});

test("B21: a template's sender is on the domain of the gym's own", async ({ tx }) => {
  await tx.update(gymSettings).set({ senderAddress: "Hello@Club.example" }).where(eq(gymSettings.id, 1));
  const importFrom = (from_address: string) => importFile(tx, fileOf([template({ from_address })], []));
  for (const stranger of ["team@training-club.example", "team@notclub.example", "a@club.example, b@club.example"]) {
    expect((await importFrom(stranger)).problems).toEqual([
      {
        path: "templates.0.from_address",
        message: "line 1, column 1: The sender must be one address on club.example.",
      },
    ]);
  }
  expect((await importFrom("team@mail.club.example")).problems).toEqual([]);
});

test("B24: an SMS is measured with the samples of what triggers say", async ({ tx }) => {
  const long = (letters: number) =>
    template({ channel: "sms", class: "service", body_html: null, body_text: `{{ days_left }}${"a".repeat(letters)}` });
  expect((await importFile(tx, fileOf([long(158)], []))).warnings).toEqual([]);
  expect((await importFile(tx, fileOf([long(160)], []))).warnings).toMatchObject([
    { path: "templates.0.body_text", message: expect.stringContaining("SMS: 2 parts") },
  ]);
  expect((await importFile(tx, fileOf([long(700)], []))).problems).toMatchObject([
    { path: "templates.0.body_text", message: expect.stringContaining("at most 4") },
  ]);
});
