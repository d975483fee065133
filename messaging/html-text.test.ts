import fc from "fast-check";
import { expect, test } from "vitest";
import { findConstructs, isLiquid } from "#lib/templates/liquid";
import { compileSource } from "./compile-source.ts";
import { htmlFromText, plainSource, textFromHtml } from "./html-text.ts";
import { tidyValues } from "./values.ts";

const constructsOf = (source: string) => findConstructs(source).map(({ begin, end }) => source.slice(begin, end));

const placeholder = fc.constantFrom(
  "{{ member_first_name }}",
  "{{Member_First}}",
  '{{ a | default: "<b>You</b> & <I>" }}',
  "{{ a | default: '}}' }}",
  '{{ a | append: "&amp;  x" }}',
  '{{ "</p>\n\n\n<h1>" }}',
  "{% if a < 2 %}",
  "{%- if b > 3 and a contains '<br>' -%}",
  "{% else %}",
  "{% endif %}",
);
const markup = fc.constantFrom(
  ...[
    "<h1>",
    "</h1>",
    "<p class='x'>",
    "</p>",
    "<br>",
    "<li>",
    "<b>",
    "</b>",
    "<hr/>",
    "<td>",
    "</td>",
    "text",
    "TEXT",
  ],
  ...[" ", "\n\n", "&amp;", "&lt;", "&nbsp;", "a < b", "\ue000", "\ue0000-1\ue001", "$&", "0", "ÄÖ"],
);

test("B23: no placeholder is damaged by making a text of HTML, or HTML of a text", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(placeholder, markup), { maxLength: 20 }), (parts) => {
      const source = parts.join("");
      expect(constructsOf(textFromHtml(source))).toEqual(constructsOf(source));
      expect(constructsOf(htmlFromText(source))).toEqual(constructsOf(source));
    }),
    { numRuns: 3_000 },
  );
});

const link = fc
  .tuple(placeholder, placeholder)
  .map(([title, label]) => `<a title="${title}" href="https://x.example/${title}">${label}</a>`);

test("B23: placeholders in attributes go with them or stay whole", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(link, markup), { maxLength: 6 }), (parts) => {
      const source = parts.join("");
      const left = constructsOf(textFromHtml(source));
      expect(left.filter((construct) => !constructsOf(source).includes(construct))).toEqual([]);
      expect(left.length).toBeGreaterThanOrEqual(constructsOf(source).length / 3);
    }),
  );
});

test("B23: filled in afterwards, the text says what the HTML says", () => {
  const html =
    "<H1>HI {{ member_first_name | upcase }}</H1><p>{% if n < 2 %}One{% else %}<b>Many</b>{% endif %} &lt;3</p>";
  const text = textFromHtml(html);
  expect(isLiquid(text)).toBe(true);
  const say = (values: object) => compileSource(text, "text")(tidyValues({ ...values }, "en"));
  expect(say({ member_first_name: "Mara <b>", n: 1 })).toBe("HI MARA <B>\n\nOne <3");
  expect(say({ member_first_name: "{{ n }}", n: 3 })).toBe("HI {{ N }}\n\nMany <3");
});

test("B23: a text of one's own is taken as it is, an empty one is made", () => {
  expect(plainSource("<b> {{ x }}", "<p>other</p>")).toBe("<b> {{ x }}");
  for (const empty of [null, "", " \n"]) {
    expect(plainSource(empty, "<p>Hi {{ x }}</p>")).toBe("Hi {{ x }}");
  }
});

test("B23: however often a line is broken, the text is there within seconds", () => {
  for (const piece of ["</p>", "<br>", "<td><table>", "<li>\n", "<p></p>"]) {
    const startedAt = performance.now();
    textFromHtml(piece.repeat(200_000 / piece.length));
    // A tenth of a second; what is quadratic takes a minute.
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  }
});
