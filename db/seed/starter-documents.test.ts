import { expect, test } from "vitest";
import { parseEmailHtml } from "#lib/email-document/parse-email-html";
import { writeEmailHtml } from "#lib/email-document/write-email-html";
import { starters } from "./starters/index.ts";

const bodies = starters.templates.flatMap(({ name, body_html, translations }) =>
  Object.entries({ en: { body_html }, ...translations }).flatMap(([language, text]) =>
    text.body_html ? [{ name: `${name} (${language})`, html: text.body_html }] : [],
  ),
);

test("the starters' emails are found in all languages", () => {
  expect(bodies.length).toBe(64);
});

test.each(bodies)("$name opens in the visual editor and comes out letter by letter", ({ html }) => {
  const { document, obstacle } = parseEmailHtml(html);
  expect(obstacle).toBeNull();
  expect(document && writeEmailHtml(document)).toBe(html);
});
