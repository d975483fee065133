import { expect, test } from "vitest";
import type { TemplateContent } from "#db/schema/templates";
import { standingNames } from "#lib/templates/placeholders";
import { templateContent } from "../test/support/template-content.ts";
import { checkTemplate, prepareTemplate } from "./check-template.ts";
import { textFromHtml } from "./html-text.ts";

const check = (given: Partial<TemplateContent>) => checkTemplate(templateContent(given), standingNames);

test("a good template has no problems", () => {
  const body_html =
    '<h1>Hi {{ member_first_name | default: "there" }}</h1>\n{% if membership_level == "Premium" %}<p>a &lt; b</p>{% endif %}' +
    '<p style="color:#333"><a class="button" href="{{ app_url }}/me">Plan</a> <a href="mailto:a@b.example">write</a></p>';
  expect(check({ body_html, action_url: "/me/{{ membership_level }}", from_address: "team@gym.example" })).toEqual([]);
});

test("B15: an unknown name is told with its place and what was probably meant", () => {
  expect(check({ body_html: "<p>\n\n  {{ member_frist_name }}</p>" })).toEqual([
    {
      field: "body_html",
      line: 3,
      column: 6,
      severity: "error",
      message: "'member_frist_name' is unknown – did you mean member_first_name?",
    },
  ]);
  expect(check({ preview_text: "{{ zzz }}", translations: { de: { preview_text: "{{ yyy" } } })).toMatchObject([
    { field: "preview_text", message: "'zzz' is unknown." },
    { field: "translations.de.preview_text", severity: "error" },
  ]);
  expect(check({ preview_text: "Two\nlines" })).toMatchObject([
    { field: "preview_text", message: "Preview text: one line, up to 255 characters." },
  ]);
  expect(check({ subject: "{{ zzz }}" })).toMatchObject([{ field: "subject", message: "'zzz' is unknown." }]);
});

test("B15: names in attributes, conditions and loops are looked up, too, and those of loops are known", () => {
  const body_html =
    '<p title="{{ nme }}">{% if agee > 3 %}x{% endif %}</p>{% for r in member_first_name %}{{ r }}{% endfor %}';
  expect(check({ body_html })).toMatchObject([
    { line: 1, column: 14, message: "'nme' is unknown." },
    { line: 1, column: 28, message: "'agee' is unknown." },
  ]);
});

test.each([
  ["{{ member_first_name", 1, 1],
  ["a\n b {{ member_first_name", 2, 4],
  ["\n{{ {{member_first_name}} }}", 2, 4],
  ["Hi }}", 1, 4],
  ["\n\n{% include 'x' %}", 3, 1],
  ["a {% assign x = 1 %}", 1, 3],
  ["{% capture x %}{% endcapture %}", 1, 1],
  ["{% render 'x' %}", 1, 1],
  ["{% raw %}{% endraw %}", 1, 1],
  ["{% comment %}{% endcomment %}", 1, 1],
  ["{% if member_first_name %}", 1, 1],
  ["{% endif %}", 1, 1],
  ["{{ member_first_name | shout }}", 1, 1],
])("B16: %j is refused with its line and column", (body_text, line, column) => {
  const problems = check({ body_html: null, body_text });
  expect(problems.filter(({ severity }) => severity === "error")).toMatchObject([{ field: "body_text", line, column }]);
  expect(check({ body_html: body_text }).filter(({ severity }) => severity === "error")).not.toEqual([]);
});

test("B16: a tag that there is not names those that there are", () => {
  expect(check({ subject: "{% include 'x' %}" })).toMatchObject([
    { message: "The tag 'include' is not available; there are if, unless, case and for." },
  ]);
});

const dollar = ["Hi ${", "name}"].join("");

test.each([dollar, "Hi <%= name %>", "Hi *|FNAME|*"])("B16: %s stays as it is, with a hint", (foreign) => {
  const hint = { severity: "warning", line: 1, column: 4, message: expect.stringContaining("{{ member_first_name }}") };
  expect(check({ body_html: null, body_text: foreign })).toMatchObject([{ ...hint, field: "body_text" }]);
  expect(check({ subject: foreign })).toMatchObject([{ ...hint, field: "subject" }]);
  expect(check({ body_html: foreign })).toMatchObject([{ ...hint, field: "body_html" }]);
  const { content: prepared } = prepareTemplate(templateContent({ body_html: foreign }), standingNames);
  expect(textFromHtml(prepared.body_html ?? "")).toBe(foreign);
});

test.each([
  '{{constructor.constructor("return process")()}}',
  "{{ __proto__ }}",
  "{{ __proto__.polluted }}",
  "{{ constructor }}",
  "{{ toString }}",
  "{{ hasOwnProperty }}",
  '{{ this["constructor"] }}',
])("B17: %s is no placeholder", (source) => {
  for (const given of [{ body_html: source }, { subject: source }, { body_html: null, body_text: source }]) {
    expect(check(given).filter(({ severity }) => severity === "error")).not.toEqual([]);
  }
});

test("B18: unsafe parts are removed on save, and shown with their places", () => {
  const body_html =
    "<p>Hi {{ member_first_name }}</p>\n<script>alert(1)</script>\n  <p onclick='x'>a</p><a href='javascript:x'>b</a>";
  const { content: prepared, problems } = prepareTemplate(templateContent({ body_html }), standingNames);
  expect(prepared.body_html).toBe("<p>Hi {{ member_first_name }}</p>\n\n  <p>a</p><a>b</a>");
  expect(problems).toEqual([
    {
      ...{ field: "body_html", line: 2, column: 1, severity: "warning" },
      message:
        "3 unsafe parts removed: <script> (line 2, column 1), onclick of <p> (line 3, column 3), href of <a> (line 3, column 23).",
    },
  ]);
  expect(prepareTemplate(prepared, standingNames)).toEqual({ content: prepared, problems: [] });
});

test("B18: what is stored of a translation is clean, too, and what is fine stays as it was written", () => {
  const translations = { de: { body_html: "<p>a<br>b&nbsp;c</p>" }, fr: { subject: "x", body_html: "<svg></svg>d" } };
  const { content: prepared, problems } = prepareTemplate(templateContent({ translations }), standingNames);
  expect(prepared).toEqual({
    ...templateContent({}),
    translations: { de: translations.de, fr: { subject: "x", body_html: "d" } },
  });
  expect(problems).toMatchObject([{ field: "translations.fr.body_html", message: /^1 unsafe part removed: <svg> / }]);
});

test("B18: an email of which nothing is left is refused", () => {
  expect(check({ body_html: "<script>alert(1)</script>" })).toMatchObject([
    { field: "body_html", severity: "error", message: "There is nothing to read yet." },
    { severity: "warning" },
  ]);
});

test.each([
  ["<p title={{ member_first_name }}>", "needs quotes"],
  ["<p {{ member_first_name }}>", "needs quotes"],
  ['<p {% if member_first_name %}class="x"{% endif %}>x</p>', "needs quotes"],
  ['<a title="{% if true %}" href="{% endif %}">x</a>', "inside of the same quotes"],
  ["<p>{% if true %}<script>{% endif %}</script></p>", "take it out of there"],
  ["<!-- {% if true %} --><p>x</p>{% endif %}", "take it out of there"],
])("B18: what cannot be removed safely is refused: %s", (body_html, words) => {
  expect(check({ body_html }).filter(({ severity }) => severity === "error")).toMatchObject(
    expect.arrayContaining([expect.objectContaining({ message: expect.stringContaining(words) })]),
  );
});

test("B18: less-than signs and quotes in a text are no tags", () => {
  expect(check({ body_html: '<p>a &lt; b, 3 < 4 {{ member_first_name }} > 2, it\'s "so"</p>' })).toEqual([]);
});

test("what tags open and do not close between the same tags is told", () => {
  const body_html = "{% if join_date %}<div>{% else %}<div class='x'>{% endif %}text</div>";
  expect(check({ body_html })).toMatchObject([
    { severity: "warning", line: 1, column: 19, message: /^<div> is not begun as often as it is ended/ },
  ]);
});

test.each(["\r\nBcc: x@evil.example", "\nx", "\rx", "\u2028x", "\u0085x", "\u0000", "x".repeat(256)])(
  "B20: subject, title and sender are one line of 255 characters at most: %j",
  (more) => {
    const given = { subject: `a${more}`, title: `a${more}`, from_name: `a${more}` };
    expect(check(given).map(({ field, message }) => [field, message])).toEqual([
      ["from_name", "Sender: one line, up to 255 characters."],
      ["subject", "Subject: one line, up to 255 characters."],
      ["title", "Title: one line, up to 255 characters."],
    ]);
    expect(check({ translations: { de: { subject: given.subject } } })).toMatchObject([
      { field: "translations.de.subject", severity: "error" },
    ]);
  },
);

test("B20: 255 characters are taken", () => {
  expect(check({ subject: "x".repeat(255), title: "y".repeat(255) })).toEqual([]);
});

test.each([
  ["An offer for you: {{ offer_code }}", "offer_code"],
  ["{{ discount_percent }}", "discount_percent"],
  ["Stay and get 20 % off.", "0 % off"],
  ["Wer bleibt, bekommt 15% Rabatt.", "5% Rabatt"],
  ["Vous recevez une remise de 10 %.", "remise de 10 %"],
  ["Rinnova con uno sconto del 10%", "sconto del 10%"],
])("E50: %s makes a service message marketing", (body_text, sign) => {
  const known = new Set([...standingNames, "offer_code", "discount_percent"]);
  const judge = (kind: "service" | "marketing") =>
    checkTemplate(templateContent({ class: kind, body_html: null, body_text }), known);
  expect(judge("service")).toMatchObject([
    { severity: "warning", message: expect.stringMatching(/^An offer makes this marketing: /) },
  ]);
  expect(judge("service")[0]?.message).toContain(`'${sign}'`);
  expect(judge("marketing")).toEqual([]);
});

test.each([
  "Your membership ends on {{ join_date }}.",
  "You came in 80 % of the weeks.",
  "We open 20 % later. The lights are off at ten.",
  "Das Büro ist offen.",
])("E50: %s offers nothing", (body_text) => {
  expect(check({ class: "service", body_html: null, body_text })).toEqual([]);
});

test("a translation is checked like the rest", () => {
  expect(check({ translations: { de: { subject: "{{ x }", body_html: "<script>" } } })).toMatchObject([
    { field: "translations.de.subject", severity: "error" },
    { field: "translations.de.body_html", severity: "warning" },
  ]);
});

test("what must be there is asked for", () => {
  expect(check({ subject: " ", body_html: null }).map(({ field }) => field)).toEqual(["subject", "body_html"]);
  expect(check({ channel: "in_app", title: "" }).map(({ field }) => field)).toEqual(["title"]);
});

test("E70: an email that Gmail would cut off is told about, one that is far too long is refused", () => {
  const sized = (bytes: number) => check({ body_html: `<p>${"x".repeat(bytes)}</p>` });
  expect(sized(90_000)).toEqual([]);
  expect(sized(100_000)).toMatchObject([{ field: "body_html", severity: "warning", message: /Gmail/ }]);
  expect(sized(520_000)).toMatchObject([
    { field: "body_html", severity: "error", message: "This is 521 kB; an email has 500 kB at most." },
  ]);
  expect(check({ body_html: null, body_text: "x".repeat(500_001) })).toMatchObject([
    { field: "body_text", severity: "error", message: "This is too long: 500000 characters are the most." },
  ]);
});
