import fc from "fast-check";
import { expect, test } from "vitest";
import { nastyNames } from "../test/support/nasty-values.ts";
import { compileSource, compileWithLiquid, toSegments } from "./compile-source.ts";
import { tidyValues } from "./values.ts";

const fill = (source: string, values: Record<string, unknown> = {}, sink: "html" | "text" = "text") =>
  compileSource(source, sink)(tidyValues(values, "en"));

test("plain placeholders need no Liquid, and give the very bytes that Liquid gives", () => {
  const name = fc.constantFrom("member_first_name", "a", "b_2", "unknown", "constructor", "toString");
  const quoted = fc.stringMatching(/^[^"\\{}\r\n]{0,12}$/).map((text) => `"${text}"`);
  const fallback = fc.oneof(
    fc.constant(""),
    quoted.map((text) => ` | default: ${text}`),
    quoted.map((text) => `|default:${text}`),
  );
  const space = fc.constantFrom("", " ", "  ", "\n");
  const placeholder = fc
    .tuple(space, name, fallback, space)
    .map(([before, n, f, after]) => `{{${before}${n}${f}${after}}}`);
  const literal = fc.string({ unit: "grapheme", maxLength: 20 }).filter((text) => !/[{}%]/.test(text));
  const source = fc.array(fc.oneof(placeholder, literal), { maxLength: 8 }).map((parts) => parts.join(""));
  const value = fc.oneof(
    fc.constantFrom(...nastyNames),
    fc.string({ unit: "binary" }),
    fc.integer(),
    fc.double({ noNaN: false }),
    fc.boolean(),
    fc.constantFrom(null, undefined, "", [], {}, 0, new Date(0), () => 1),
    fc.array(fc.oneof(fc.string(), fc.integer(), fc.constant(null)), { maxLength: 3 }),
  );
  const values = fc.dictionary(fc.constantFrom("member_first_name", "a", "b_2", "other"), value);
  fc.assert(
    fc.property(source, values, fc.constantFrom("html" as const, "text" as const), (template, given, sink) => {
      const tidied = tidyValues(given, "en");
      expect(toSegments(template)).not.toBeNull();
      expect(compileSource(template, sink)(tidied)).toBe(compileWithLiquid(template, sink)(tidied));
    }),
    { numRuns: 3_000 },
  );
});

test("whatever the source, the fast path agrees with Liquid or steps aside", () => {
  const pieces = [
    "{{",
    "}}",
    "{%",
    "%}",
    "{",
    "}",
    " a ",
    "a",
    "|",
    " default: ",
    '"x"',
    "'y'",
    "-",
    "if",
    "endif",
    "\n",
    "b.c",
    "true",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 10 }), (parts) => {
      const source = parts.join("");
      if (toSegments(source)) {
        const values = tidyValues({ a: "<1>", b: ["x"] }, "en");
        expect(compileSource(source, "html")(values)).toBe(compileWithLiquid(source, "html")(values));
      }
    }),
    { numRuns: 20_000 },
  );
});

test.each([
  ["{{ a }}", { a: "x" }, "x"],
  ["{{ a | default: 'there' }}", {}, "there"],
  ["{{ a | default: 'there' }}", { a: "" }, "there"],
  ["{{ a | default: 'there' }}", { a: 0 }, "0"],
  ["{{ unknown }}", {}, ""],
  ["{% if a > 3 %}many{% elsif a == 3 %}three{% else %}few{% endif %}", { a: 3 }, "three"],
  ["{% unless a %}none{% endunless %}", {}, "none"],
  ["{% case a %}{% when 'x' %}1{% when 'y' %}2{% endcase %}", { a: "y" }, "2"],
  ["{% for r in a %}{{ r }};{% endfor %}", { a: ["p", "q"] }, "p;q;"],
  ["{{ a | upcase | append: '.' }}", { a: "x" }, "X."],
  ["{{ a.constructor }}{{ constructor.constructor }}{{ __proto__ }}{{ a.__proto__.x }}", { a: "x" }, ""],
])("%s", (source, values, expected) => {
  expect(fill(source, values)).toBe(expected);
});

test.each([
  "{{ a",
  "{% if a %}",
  "{{ {{a}} }}",
  "{% include 'x' %}",
  "{% render 'x' %}",
  "{% layout 'x' %}",
  "{% raw %}{% endraw %}",
  "{% assign a = 1 %}",
  "{% capture a %}{% endcapture %}",
  "{% liquid %}",
  "{% echo a %}",
  "{% comment %}{% endcomment %}",
  "{{ a | raw }}",
  "{{ a | date: '%Y' }}",
  "{{ a | nonsense }}",
  '{{constructor.constructor("return process")()}}',
])("%s is refused", (source) => {
  expect(() => fill(source)).toThrow();
});

test.each(nastyNames)("the value %j is put in once and never read again", (name) => {
  const values = { member_first_name: name, member_email: "secret@demo.example", secret: "hidden" };
  for (const source of ["{{ member_first_name }}", "{% if true %}{{ member_first_name }}{% endif %}"]) {
    expect(fill(source, values)).not.toMatch(/hidden|secret@demo/);
    expect(fill(source, values, "html")).not.toMatch(/[<>"']|hidden|secret@demo/);
  }
});

test("values of a prototype are not values", () => {
  const inherited = Object.create({ secret: "hidden" });
  expect(fill("{{ secret }}|{{ toString }}|{{ a.constructor }}", { ...inherited, a: "x" })).toBe("||");
  expect(compileSource("{{ secret }}{{ hasOwnProperty }}", "text")(tidyValues(inherited, "en"))).toBe("");
});

test("a template that would never end is stopped", () => {
  expect(() => fill("{% for i in (1..100000000) %}{{ i }}{% endfor %}")).toThrow(/limit/);
});

test.each([
  ["en", "31 December 2026"],
  ["de", "31. Dezember 2026"],
  ["fr", "31 décembre 2026"],
  ["it", "31 dicembre 2026"],
] as const)("a calendar day is written in %s", (language, words) => {
  expect(tidyValues({ expires_on: "2026-12-31" }, language).expires_on).toBe(words);
});
