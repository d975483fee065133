import fc from "fast-check";
import { expect, test } from "vitest";
import type { Block, EmailDocument, Inline, List, Mark, Paragraph } from "./document.ts";
import { parseEmailHtml } from "./parse-email-html.ts";
import { writeEmailHtml } from "./write-email-html.ts";

const comesBack = (html: string) => {
  const { document, obstacle } = parseEmailHtml(html);
  return document ? writeEmailHtml(document) : obstacle;
};

test.each([
  "",
  `<p>Hi {{ member_first_name | default: "there" }},</p>`,
  `<p>{% if last_visit_on %}You were here on {{ last_visit_on }}.{% else %}Come.{% endif %} Soon?</p>`,
  `<h1>One</h1>\n<h2>Two</h2>\n<h3>Three</h3>\n<hr>\n<p><br></p>`,
  `<p><strong>bold <em>both</em></strong> <u>under</u> <s>gone</s></p>`,
  `<ul>\n<li>one\n<ol>\n<li>nested</li>\n</ol></li>\n<li><strong>two</strong></li>\n</ul>`,
  `<blockquote>\n<p>Said <strong>she</strong></p>\n<p>and he</p>\n</blockquote>`,
  `<p><a class="button" href="{{ app_url }}/me?a=1&amp;b={{ join_date | default: "2026" }}">Open {{ gym_name }}</a></p>`,
  `<p><img src="https://gym.example/a.png?x=1&amp;y=2" alt="Two &quot;friends&quot; at {{ gym_name }}" width="320"></p>`,
  `<p><a href="https://gym.example/">a <strong>{{ gym_name }}</strong> link</a></p>`,
  `<p>1 &lt; 2 &amp; 3 &gt; 2, "quoted", it's\u00a0\u00a0wide</p>`,
  `<p>{{ "<b>" | append: '"}' }} &amp; {% if a > 1 %}x{% endif %}</p>`,
])("%j comes out of the editor as it went in", (html) => {
  expect(comesBack(html)).toBe(html);
});

test.each([
  ["<p>\n  a\n  b\n</p>", "<p>a b</p>"],
  ["<p><b>a</b><i>b</i></p><p>c</p>", "<p><strong>a</strong><em>b</em></p>\n<p>c</p>"],
  ["<p>a<br />b</p>", "<p>a<br>b</p>"],
  ["<p>Z&uuml;rich &#8211; &#xE9;</p>", "<p>Zürich – é</p>"],
  ["<P>a</P>", "<p>a</p>"],
  ["<p>&nbsp;a&#160;</p>", "<p>\u00a0a\u00a0</p>"],
])("%j means %j", (html, written) => {
  expect(comesBack(html)).toBe(written);
});

test.each([
  ["<p>a</p>\n<table><tr><td>x</td></tr></table>", "<table>", 2],
  ["<p>a</p>\n\n{% if x %}<p>b</p>{% endif %}", "{% if x %} between paragraphs", 3],
  [`<p style="color: red">a</p>`, "style of <p>", 1],
  [`<p><a href="x" target="_blank">a</a></p>`, "target of <a>", 1],
  ["<p>a <img src='https://x.example/a.png'> b</p>", "<img>", 1],
  ["Hello", "text outside of a paragraph", 1],
  ["<p>a", "an element that is not ended", 1],
  ["<p>a</b></p>", "</b>", 1],
  ["<p>a <!-- b --></p>", "<!--", 1],
  ["<p>&unheardof;</p>", "&unheardof;", 1],
  ["<p>{{ a </p>", "placeholders that cannot be read", 1],
  ["<p>\n{{ a }}\n{{ b }}\n<span>x</span></p>", "<span>", 4],
  ["<ul></ul>", "</ul>", 1],
  ["<ul><li><p>x</p></li></ul>", "<p>", 1],
  [`<p><img src="x" alt="" width="50%"></p>`, "width of <img>", 1],
])("%j is edited as it is written, because of %s", (html, what, line) => {
  expect(parseEmailHtml(html)).toEqual({ document: null, obstacle: { what, line } });
});

const text = fc.string({ unit: fc.constantFrom(..."ab Zü&<>\"'\u00a0 }%é👋".split("")), minLength: 1, maxLength: 12 });
const source = fc.constantFrom(
  "{{ member_first_name }}",
  `{{ gym_name | default: "a <b> & 'c'" }}`,
  "{{ x | default: '}' }}",
);
const address = fc.constantFrom("https://gym.example/?a=1&b=2", `{{ app_url }}/me?q="x"`, "mailto:a@gym.example", "");
const marks = fc.uniqueArray(
  fc.oneof(
    fc.constantFrom("bold", "italic", "underline", "strike").map((type) => ({ type }) as Mark),
    address.map((href): Mark => ({ type: "link", attrs: { href } })),
  ),
  { selector: ({ type }) => type, maxLength: 3 },
);
const inline = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant("text" as const), text, marks }),
    fc.record({ type: fc.constant("hardBreak" as const), marks }),
    fc.record({ type: fc.constant("placeholder" as const), attrs: fc.record({ source }), marks }),
  ),
  { maxLength: 6 },
) as fc.Arbitrary<Inline[]>;
const label = fc.array(
  text.map((words): Inline => ({ type: "text", text: words })),
  { maxLength: 2 },
);
const paragraph = inline.map((content): Paragraph => ({ type: "paragraph", content }));
const { list } = fc.letrec<{ list: List }>((tie) => ({
  list: fc.record({
    type: fc.constantFrom("bulletList", "orderedList"),
    content: fc.array(
      fc
        .tuple(paragraph, fc.option(tie("list"), { nil: undefined, depthSize: "small" }))
        .map(([words, nested]) => ({ type: "listItem", content: nested ? [words, nested] : [words] })),
      { minLength: 1, maxLength: 3 },
    ),
  }) as fc.Arbitrary<List>,
}));
const block: fc.Arbitrary<Block> = fc.oneof(
  paragraph,
  list,
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), inline)
    .map(([level, content]): Block => ({ type: "heading", attrs: { level }, content })),
  fc.array(paragraph, { minLength: 1, maxLength: 3 }).map((content): Block => ({ type: "blockquote", content })),
  fc.constant<Block>({ type: "horizontalRule" }),
  fc.tuple(address, label).map(([href, content]): Block => ({ type: "button", attrs: { href }, content })),
  fc
    .tuple(address, text, fc.option(fc.integer({ min: 1, max: 600 })))
    .map(([src, alt, width]): Block => ({ type: "image", attrs: { src, alt, width } })),
);
const anyDocument: fc.Arbitrary<EmailDocument> = fc
  .array(block, { minLength: 1, maxLength: 5 })
  .map((content) => ({ type: "doc", content }));

test("whatever the editor makes is read again as the same HTML", () => {
  fc.assert(
    fc.property(anyDocument, (document) => {
      const html = writeEmailHtml(document);
      expect(comesBack(html)).toBe(html);
    }),
    { numRuns: 200 },
  );
});

test("a long email is read in a moment, and so is one that is none", () => {
  const long = `<p>Hi {{ member_first_name }}, <strong>come</strong> &amp; train.</p>\n`.repeat(1_500);
  expect(comesBack(long.trim())).toBe(long.trim());
  expect(comesBack(`<p ${"a='b' ".repeat(20_000)}`)).toMatchObject({ what: "<p" });
});
