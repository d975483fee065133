import { expect, test } from "vitest";
import { standingNames } from "#lib/templates/placeholders";
import { templateContent } from "../test/support/template-content.ts";
import { findPersonalLinks } from "./check-links.ts";
import { checkTemplate } from "./check-template.ts";

const found = (source: string, kind: Parameters<typeof findPersonalLinks>[1]) =>
  findPersonalLinks(source, kind).map(({ line, column, message }) => [line, column, /'(\w+)'/.exec(message)?.[1]]);

test.each([
  ["html", '<p>Hi</p>\n<a href="https://gym.ch/?e={{ member_email }}">Book</a>', [[2, 28, "member_email"]]],
  [
    "html",
    "<a title='x' href='{{ app_url }}/me?n={{ member_first_name | url_encode }}'>Book</a>",
    [[1, 39, "member_first_name"]],
  ],
  ["html", '<img src="https://t.example/{{member_last_name}}.png" alt="">', [[1, 29, "member_last_name"]]],
  ["html", '<a href="https://gym.ch/{% if x %}{{ member_email }}{% endif %}">x</a>', [[1, 35, "member_email"]]],
  ["html", "<a href=https://gym.ch/{{ member_last_name }}>x</a>", [[1, 24, "member_last_name"]]],
  ["html", '<a href="https://gym.ch/{{ x | append: member_email }}">x</a>', [[1, 25, "member_email"]]],
  ["text", "Book: https://gym.ch/?e={{ member_email }} now", [[1, 25, "member_email"]]],
  ["text", "{{ app_url }}/{{ member_email }}", [[1, 15, "member_email"]]],
  ["link", "/me?e={{ member_email }}", [[1, 7, "member_email"]]],
] as const)("S44: what says who a member is does not go into a link: %s %s", (kind, source, expected) => {
  expect(found(source, kind)).toEqual(expected);
});

test.each([
  ["html", '<a href="{{ app_url }}/me" title="{{ member_first_name }}">{{ member_first_name }}, book</a>'],
  ["html", '<a href="mailto:desk@gym.ch?subject=From {{ member_first_name }}">Write</a>'],
  ["html", '<a href="https://gym.ch/{{ offer_code }}">{{ member_email }}</a>'],
  ["html", '<a href="https://gym.ch/{% if member_first_name %}named{% endif %}">x</a>'],
  ["html", '<!-- <a href="https://gym.ch/{{ member_email }}"> -->'],
  ["html", '<a data-href="{{ member_email }}">x</a>'],
  ["text", "{{ member_first_name }}: https://gym.ch {{ member_email }}"],
  ["link", "{{ notifications_url }}"],
  ["html", "<a href='{{ member_email'>broken</a>"],
] as const)("S44: all else may: %s %s", (kind, source) => {
  expect(found(source, kind)).toEqual([]);
});

test("S44: a template full of such links names the first of them", () => {
  expect(findPersonalLinks('<a href="https://gym.ch/{{ member_email }}">x</a>\n'.repeat(500), "html")).toHaveLength(8);
});

test("S44: such a template is not stored, and says where and what to do instead", () => {
  const content = templateContent({ body_html: '<p><a href="https://gym.ch/?e={{ member_email }}">Book</a></p>' });
  expect(checkTemplate(content, standingNames)).toEqual([
    {
      ...{ field: "body_html", severity: "error", line: 1, column: 31 },
      message:
        "'member_email' must not stand in a link, which others on its way can read and keep: put it into the text instead.",
    },
  ]);
});
