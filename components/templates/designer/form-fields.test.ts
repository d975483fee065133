import { expect, test } from "vitest";
import type { TemplateContent } from "#db/schema/templates";
import { copyTexts, hasTexts, listDifferences, pathOf, printForm, readText, writeText } from "./form-fields.ts";

const content: TemplateContent = {
  channel: "email",
  class: "marketing",
  language: "en",
  subject: "Hello",
  title: "Notification",
  body_html: "<p>Hi</p>",
  body_text: null,
  from_address: null,
  from_name: null,
  action_url: null,
  icon: "info",
  translations: { de: { subject: "Hallo" } },
};

test("a language is written beside the others, and gone when nothing is left of it", () => {
  expect(readText(content, "en", "subject")).toBe("Hello");
  expect(readText(content, "de", "subject")).toBe("Hallo");
  expect(readText(content, "fr", "subject")).toBe("");
  const french = writeText(content, "fr", "subject", "Salut");
  expect(french.translations).toEqual({ de: { subject: "Hallo" }, fr: { subject: "Salut" } });
  expect(writeText(french, "fr", "subject", "").translations).toEqual(content.translations);
  expect(writeText(content, "en", "subject", "").subject).toBeNull();
  expect([hasTexts(content, "en"), hasTexts(content, "de"), hasTexts(content, "it")]).toEqual([true, true, false]);
  expect(pathOf(content, "de", "subject")).toBe("translations.de.subject");
});

test("a language begins with what the template's own says", () => {
  expect(copyTexts(content, "it").translations.it).toEqual({
    subject: "Hello",
    body_html: "<p>Hi</p>",
  });
  const announced = writeText(content, "en", "preview_text", "Right here");
  expect(copyTexts(announced, "it").translations.it).toMatchObject({ preview_text: "Right here" });
});

test("forms that say the same are the same, in whatever order; what differs is named", () => {
  const form = { name: "A", content };
  const { channel, ...rest } = content;
  expect(printForm({ name: "A ", content: { ...rest, channel } })).toBe(printForm(form));
  const other = writeText({ ...content, class: "service" }, "de", "body_text", "x");
  expect(printForm({ name: "A", content: other })).not.toBe(printForm(form));
  expect(listDifferences(form, { name: "B", content: other })).toEqual(["Name", "Class", "Text (de)"]);
});
