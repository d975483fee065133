import { expect, test } from "vitest";
import type { TemplateContent } from "#db/schema/templates";
import { standingNames } from "#lib/templates/placeholders";
import { checkTemplate } from "./check-template.ts";

const content = (given: Partial<TemplateContent>): TemplateContent => ({
  channel: "email",
  class: "marketing",
  language: "en",
  subject: "Hello",
  title: "Notification",
  body_html: "<p>Hello</p>",
  body_text: null,
  from_address: null,
  from_name: null,
  action_url: null,
  icon: "info",
  translations: {},
  ...given,
});

const check = (given: Partial<TemplateContent>) => checkTemplate(content(given), standingNames);

test("a good template has no problems", () => {
  const body_html =
    '<h1>Hi {{ member_first_name | default: "there" }}</h1>\n{% if membership_level == "Premium" %}<p>a &lt; b</p>{% endif %}' +
    '<p style="color:#333"><a class="button" href="{{ app_url }}/me">Plan</a> <a href="mailto:a@b.example">write</a></p>';
  expect(check({ body_html, action_url: "/me/{{ membership_level }}", from_address: "team@gym.example" })).toEqual([]);
});

test("an unknown name is told with its place and what was probably meant", () => {
  expect(check({ body_html: "<p>\n\n  {{ member_frist_name }}</p>" })).toEqual([
    {
      field: "body_html",
      line: 3,
      column: 6,
      severity: "error",
      message: "'member_frist_name' is unknown – did you mean member_first_name?",
    },
  ]);
  expect(check({ subject: "{{ zzz }}" })).toMatchObject([{ field: "subject", message: "'zzz' is unknown." }]);
});

test.each([
  ["{{ member_first_name", 1],
  ["\n{{ {{member_first_name}} }}", 2],
  ["Hi }}", 1],
  ["\n\n{% include 'x' %}", 3],
  ["{% assign x = 1 %}", 1],
  ["{% if member_first_name %}", 1],
  ["{{ member_first_name | shout }}", 1],
  ['{{constructor.constructor("return process")()}}', 1],
  ["{{ __proto__ }}", 1],
])("%j is refused with its line", (body_text, line) => {
  const problems = check({ body_html: null, body_text });
  expect(problems.filter(({ severity }) => severity === "error")).toMatchObject([{ field: "body_text", line }]);
});

test.each([["Hi ${", "name}"].join(""), "Hi <%= name %>", "Hi *|FNAME|*"])(
  "%s stays as it is, with a hint",
  (body_text) => {
    expect(check({ body_html: null, body_text })).toMatchObject([{ severity: "warning", field: "body_text" }]);
  },
);

test.each([
  "<script>alert(1)</script>",
  "<ScRiPt src='x'>",
  "<img src=x onerror=alert(1)>",
  "<p ONCLICK = 'x'>",
  '<a href="javascript:alert(1)">x</a>',
  '<a href="java&#x0a;script:alert(1)">x</a>',
  "<a href=javascript:x>x</a>",
  '<a href="data:text/html,x">x</a>',
  '<a href="http://plain.example">x</a>',
  '<a href="//evil.example">x</a>',
  '<a href="/me">x</a>',
  "<iframe src='https://x.example'></iframe>",
  "<form action='https://x.example'>",
  "<meta http-equiv='refresh'>",
  "<svg onload=x>",
  "<p title={{ member_first_name }}>",
  "<p {{ member_first_name }}>",
  '<a href="{{ member_first_name }}">x</a>',
])("%s is refused", (body_html) => {
  expect(check({ body_html }).filter(({ severity }) => severity === "error")).not.toEqual([]);
});

test.each([["Hello\r\nBcc: x@evil.example"], ["x".repeat(256)]])(
  "a subject is one line of 255 characters at most",
  (subject) => {
    expect(check({ subject })).toMatchObject([
      { field: "subject", message: "Subject: one line, up to 255 characters." },
    ]);
  },
);

test.each([
  "javascript:x",
  "//evil.example",
  "{{ member_first_name }}",
  "https://{{ member_email }}",
  "me",
  "http://x.example",
])("the link %s is refused", (action_url) => {
  expect(check({ action_url })).toMatchObject([{ field: "action_url", severity: "error" }]);
});

test.each(["/me", "https://gym.example/{{ membership_level }}", "{{ app_url }}/me", "{{ notifications_url }}"])(
  "the link %s is fine",
  (action_url) => {
    expect(check({ action_url })).toEqual([]);
  },
);

test("a translation is checked like the rest", () => {
  expect(check({ translations: { de: { subject: "{{ x }", body_html: "<script>" } } })).toMatchObject([
    { field: "translations.de.subject" },
    { field: "translations.de.body_html" },
  ]);
});

test("what must be there is asked for, and the sender is one address", () => {
  expect(check({ subject: " ", body_html: null }).map(({ field }) => field)).toEqual(["subject", "body_html"]);
  expect(check({ from_address: "a@b.ch, c@d.ch", from_name: "A\nB" }).map(({ field }) => field)).toEqual([
    "from_address",
    "from_name",
  ]);
  expect(check({ channel: "in_app", title: "" }).map(({ field }) => field)).toEqual(["title"]);
});

test("an email that Gmail would cut off is told about", () => {
  expect(check({ body_html: `<p>${"x".repeat(100_000)}</p>` })).toMatchObject([
    { field: "body_html", severity: "warning" },
  ]);
});
