import { expect, test } from "vitest";
import type { TemplateContent } from "#db/schema/templates";
import { standingNames } from "#lib/templates/placeholders";
import { templateContent } from "../test/support/template-content.ts";
import { checkTemplate, prepareTemplate } from "./check-template.ts";

const check = (given: Partial<TemplateContent>) => checkTemplate(templateContent(given), standingNames);

const ofGym = (from_address: string) =>
  checkTemplate(templateContent({ from_address }), standingNames, { senderDomain: "trainingclub.ch" });

test.each([
  ...["a@b.ch, c@d.ch", "a@trainingclub.ch, b@trainingclub.ch", "a@trainingclub.ch;b@trainingclub.ch"],
  ...[
    "a@evil.example",
    "a@eviltrainingclub.ch",
    "a@trainingclub.ch.evil.example",
    "trainingclub.ch",
    "@trainingclub.ch",
  ],
  ...[
    "Team <a@trainingclub.ch>",
    "a@evil.example@trainingclub.ch",
    "a@trainingclub.ch\r\nBcc: x@evil.example",
    "a b@trainingclub.ch",
  ],
])("B21: %j is no sender", (address) => {
  expect(ofGym(address)).toMatchObject([
    { field: "from_address", severity: "error", message: "The sender must be one address on trainingclub.ch." },
  ]);
});

test.each(["team@trainingclub.ch", "Team@TrainingClub.ch", "team@mail.trainingclub.ch"])("B21: %s is", (address) => {
  expect(ofGym(address)).toEqual([]);
});

/** Forty ways and more to write a link that leads elsewhere, or does something. */
const astray = [
  ...["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)", " javascript:x"],
  ...["\u0001javascript:x", "javascript\u200b:x", "data:text/html,x", "DATA:text/html;base64,eA==", "vbscript:x"],
  ...["vb\tscript:x", "file:///etc/passwd", "blob:https://x", "about:blank", "ftp://x.example", "http://x.example"],
  ...[
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
  ],
  ...[
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/%2e//evil.example",
  ],
  ...[
    "https://evil@gym.ch",
    "https://gym.ch@evil.example",
    "https://a:b@gym.ch",
    "https://:@gym.ch",
    "https://@gym.ch",
  ],
  ...[
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "https:\\\\evil.example",
    "https://\\evil.example",
  ],
  ...[
    "https://",
    "https:// evil.example",
    "https://gym\u202e.example",
    "https://[::1",
    "evil.example",
    "me",
    "?x",
    "./me",
  ],
  ...[
    "{{ member_first_name }}",
    "https://{{ member_email }}",
    "https://gym.ch{{ member_first_name }}",
    "{{ app_url }}@evil.example",
  ],
  ...[
    "{{ app_url }}.evil.example",
    "{{ app_url | replace: 'https', 'javascript' }}",
    "{{ app_url }}{{ member_first_name }}",
  ],
];

test("B22, S20: 0 of forty spellings leave, from a button or a link", () => {
  expect(new Set(astray).size).toBeGreaterThanOrEqual(40);
  for (const link of astray) {
    expect([link, check({ action_url: link })]).toMatchObject([
      link,
      [{ field: "action_url", severity: "error", message: expect.stringMatching(/start with \/ or https:/) }],
    ]);
    const { content: prepared, problems } = prepareTemplate(
      templateContent({ body_html: `<a href="${link.replaceAll('"', "&quot;")}">x</a>` }),
      standingNames,
    );
    expect([link, prepared.body_html]).toEqual([link, "<a>x</a>"]);
    expect([link, problems]).toMatchObject([link, [{ message: /start with https:|1 unsafe part removed/ }]]);
  }
});

test.each([
  ...[
    "/me",
    "/me/offers?x=1&y={{ membership_level }}#z",
    "https://gym.example",
    "https://gym.example/{{ membership_level }}",
  ],
  ...[
    "{{ app_url }}",
    " {{ app_url }}/me ",
    "{{ notifications_url }}",
    "{{ app_url }}?x={{ membership_level | url_encode }}",
  ],
  ...["{% if join_date %}/me{% else %}https://gym.example/{% endif %}", "/me/{{ membership_level }}"],
])("B22: the link %s is fine", (action_url) => {
  expect(check({ action_url })).toEqual([]);
});
