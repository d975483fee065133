import { getSchema } from "@tiptap/core";
import { Node } from "@tiptap/pm/model";
import { expect, test } from "vitest";
import { starters } from "#db/seed/starters/index";
import type { EmailDocument } from "#lib/email-document/document";
import { parseEmailHtml } from "#lib/email-document/parse-email-html";
import { writeEmailHtml } from "#lib/email-document/write-email-html";
import { createChipLabels, readChip, writeChip } from "./chip.ts";
import { createExtensions } from "./extensions.ts";

const schema = getSchema(createExtensions(createChipLabels([])));

/** As the editor takes a document and hands it out again. */
const throughEditor = (html: string) => {
  const { document } = parseEmailHtml(html);
  const node = Node.fromJSON(schema, document);
  node.check();
  return writeEmailHtml(node.toJSON() as EmailDocument);
};

const html = [
  `<h2>{{ gym_name }}</h2>\n<blockquote>\n<p>a</p>\n</blockquote>\n<hr>\n<p><br></p>`,
  `<ol>\n<li>a\n<ul>\n<li>b</li>\n</ul></li>\n</ol>`,
  `<p><a class="button" href="{{ app_url }}/me">Open {{ gym_name }}</a></p>`,
  `<p><img src="https://gym.example/a.png" alt="a" width="300"></p>\n<p><img src="{{ app_url }}/b.png" alt=""></p>`,
  `<p><a href="https://gym.example/?a&amp;b">a <strong>{{ gym_name }}</strong><br><em><u><s>c</s></u></em></a></p>`,
  ...starters.templates.flatMap(({ body_html, translations }) =>
    [{ body_html }, ...Object.values(translations)].flatMap((text) => text.body_html ?? []),
  ),
];

test("the editor takes every document that HTML is read as, and hands it out unchanged", () => {
  for (const source of html) {
    expect(throughEditor(source)).toBe(source);
  }
});

test.each([
  ["{{ member_first_name }}", "First name"],
  [`{{ member_first_name | default: "there" }}`, "First name, else “there”"],
  ["{{- days_inactive -}}", "days_inactive"],
  ["{% if member_first_name %}", "if First name"],
  ["{%- unless member_first_name -%}", "unless First name"],
  ["{% endif %}", "end if"],
  ["{% else %}", "else"],
  ["{{ a | upcase }}", "a | upcase"],
])("%s is called %s", (source, label) => {
  const offered = [
    { from: "Member", placeholders: [{ name: "member_first_name", label: "First name", sample: "Mara" }] },
  ];
  expect(createChipLabels(offered)(source)).toBe(label);
});

test("a chip's other text stays within its quotes", () => {
  expect(writeChip({ name: "a", fallback: `you "there" {{ b }} \\` })).toBe(`{{ a | default: "you there  b  " }}`);
  expect(writeChip({ name: "a", fallback: "" })).toBe("{{ a }}");
  expect(readChip(`{{ a | default: 'x' }}`)).toEqual({ name: "a", fallback: "x" });
  expect(readChip("{{ a | upcase }}")).toBeNull();
});
