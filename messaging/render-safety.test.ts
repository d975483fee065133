import { Parser } from "htmlparser2";
import { describe, expect, test } from "vitest";
import type { TemplateContent } from "#db/schema/templates";
import { decodeEntities } from "#lib/templates/decode-entities";
import { standingNames } from "#lib/templates/placeholders";
import { compileTemplate, RenderError } from "./render.ts";

const gym = { name: "Training Club", postalAddress: "Langstrasse 120\n8004 Zürich", language: "en" };
const links = { appUrl: "https://app.gym.example", unsubscribeUrl: "https://app.gym.example/unsubscribe/t0ken" };

const content = (given: Partial<TemplateContent> = {}): TemplateContent => ({
  ...{ channel: "email", class: "marketing", language: "en", subject: "Hello", title: "Hello" },
  ...{ body_html: "<p>Hello</p>", body_text: null, from_address: null, from_name: null, action_url: null },
  ...{ icon: "info", translations: {} },
  ...given,
});

const render = (given: Partial<TemplateContent>, values: Record<string, unknown> = {}, language = "en") =>
  compileTemplate(content(given), language, gym).render(values, links);

type Element = { name: string; attributes: Record<string, string>; within: Record<string, string>[] };

/** Every element with the attributes of those that it stands in. */
function elementsOf(html: string): Element[] {
  const elements: Element[] = [];
  const open: Record<string, string>[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      elements.push({ name, attributes, within: [...open] });
      open.push(attributes);
    },
    onclosetag: () => void open.pop(),
  });
  parser.end(html);
  return elements;
}

const syntaxes = [
  ...[...standingNames].map((name) => `{{ ${name} }}`),
  ...[
    "{{member_email}}",
    "{{ 7 | times: 7 }}",
    "{{ secret }}",
    "{% if true %}x{% endif %}",
    "{% for i in (1..3) %}x{% endfor %}",
  ],
  ...["{% include 'x' %}", "{{", "}}", "{%", "%}", "{{{{ member_email }}}}", "{{ '{{ member_email }}' }}"],
];
const said = "{{ member_first_name }}";
const chosen = `{% if member_first_name %}${said}{% endif %}`;

describe.each([said, chosen])(
  "S17: a first name that is written like a placeholder appears literally, in %s",
  (source) => {
    test.each(syntaxes)("%s", (name) => {
      const values = { member_first_name: name, member_email: "secret@demo.example", secret: "xyzzy" };
      const fields = { subject: source, title: source };
      const email = render({ ...fields, body_html: `<p title="${source}">${source}</p>` }, values);
      expect(email.subject).toBe(name);
      expect(email.title).toBe(name);
      expect(email.body).toBe(name);
      expect(email.text.split("\n")[0]).toBe(name);
      const [paragraph] = elementsOf(email.html).filter(({ attributes }) => attributes.title);
      expect(paragraph?.attributes.title).toBe(name);
      expect(decodeEntities(email.html.replace(/<[^>]*>/g, ""))).toContain(name);

      const written = render({ ...fields, body_html: null, body_text: source }, values);
      expect(written.body).toBe(name);
      expect(decodeEntities(written.html.replace(/<[^>]*>/g, ""))).toContain(name);

      const notification = render({ ...fields, channel: "in_app", action_url: `/me?x=${source}` }, values);
      expect(notification.title).toBe(name);
      expect(render({ channel: "in_app", body_html: `<p>${source}</p>` }, values).body).toBe(name);
      expect(notification.actionUrl ?? `/me?x=${name}`).toBe(`/me?x=${name}`.replaceAll(" ", "%20"));
      expect(render({ channel: "sms", body_html: null, body_text: source }, values).text).toBe(name);

      const everything = JSON.stringify([email, written, notification]);
      expect(everything).not.toMatch(/secret@demo|xyzzy|\b49\b/);
    });
  },
);

test("S17: values that name each other are not put into one another", () => {
  const values = { a: "{{ b }}", b: "{{ c }}", c: "{{ a }}", member_last_name: "$&", join_date: "{{ join_date }}" };
  const { subject, body } = render(
    { subject: "{{ a }}{{ b }}{{ c }}", body_html: "<p>{{ member_last_name }}|{{ join_date }}</p>" },
    values,
  );
  expect(subject).toBe("{{ b }}{{ c }}{{ a }}");
  expect(body).toBe("$&|{{ join_date }}");
});

test.each([
  '{{constructor.constructor("return process")()}}',
  '{{ member_first_name["constructor"]["constructor"]("return process")() }}',
  "{% include '/etc/passwd' %}",
  "{% render 'x' %}",
  "{% layout 'x' %}",
  "{% raw %}x{% endraw %}",
])("S18: nothing of %s is evaluated, in any field", (source) => {
  for (const field of ["subject", "title", "body_html", "body_text", "action_url"] as const) {
    expect(() => render({ body_html: null, body_text: "x", [field]: source })).toThrow(RenderError);
  }
});

test.each([
  "{{ __proto__ }}",
  "{{ __proto__.polluted }}",
  "{{ constructor.name }}",
  "{{ a.constructor.name }}",
  "{{ a.__proto__ }}",
])("S18: %s is empty", (source) => {
  const { subject, body } = render({ subject: `x${source}`, body_html: `<p>x${source}</p>` }, { a: "text" });
  expect({ subject, body }).toEqual({ subject: "x", body: "x" });
});

test("S19: what was stored past the check is cleaned when it is sent, in each language, and in the text, too", () => {
  const body_html =
    "<p onclick='x'>Hi {{ member_first_name }}</p><script>steal()</script><a href='javascript:x'>y</a><svg onload=x></svg>";
  for (const [given, language] of [
    [{ body_html }, "en"],
    [{ translations: { de: { body_html } } }, "de"],
  ] as const) {
    const { html, text } = render(given, { member_first_name: "Mara" }, language);
    expect(html).not.toMatch(/onclick|steal|javascript:|<svg|onload/);
    expect(html).toMatch(/<p style="[^"]*">Hi Mara<\/p><a[^>]*>y<\/a>/);
    expect(text).toMatch(/^Hi Mara\n\ny\n/);
  }
});

test("S19: a template whose tags went with what was removed is not sent", () => {
  expect(() => render({ body_html: "<script>{% if true %}</script>x{% endif %}" })).toThrow(RenderError);
});

test("B22: what a placeholder holds leads nowhere else either, wherever in an email it stands", () => {
  const body_html = '<p><a href="{{ offer_url }}">Offer</a> {{ offer_url }}</p>';
  const good = render({ body_html }, { offer_url: "https://gym.example/offer" });
  expect(good.html).toContain('href="https://gym.example/offer"');
  expect(good.problems).toEqual([]);
  for (const offer_url of ["javascript:alert(1)", "//evil.example", "https://evil@gym.ch", "data:text/html,x", 7]) {
    const bad = render({ body_html }, { offer_url });
    expect(bad.html + bad.text).not.toMatch(/javascript|evil|data:/);
    expect(bad.problems).toEqual(["'offer_url' was left empty: it must start with / or https://."]);
  }
});

const pages = [
  "<!doctype html><html><head><title>x</title></head><body><p>Hello</p></body></html>",
  "<html><body>Hello</body></html></td></tr></tbody></table></body></html><!--",
  "<p>Hello</p><!-- ",
  "Hello <plaintext>",
  "Hello <textarea><title><style><script><xmp><noscript><template><iframe>",
  "Hello <select><option><svg><math><form>",
  "<style>.footer { display: none }</style>Hello",
  '<div style="display:none"><table><tr><td>Hello',
  '{% if true %}<div style="display:none">{% endif %}Hello',
  '</div></td></tr></tbody></table><div style="display:none">Hello',
  '<div style="position:fixed;top:0;height:100%;background:#fff">Hello</div>',
  '<p title="Hello',
  "<a href='https://gym.example/'>Hello",
  "Hello {{ unsubscribe_url }}",
  "Hello",
];

describe("B19: marketing email carries the way out, whatever its own HTML", () => {
  test.each(pages)("%s", (body_html) => {
    const { html, text, headers } = render({ body_html });
    const elements = elementsOf(html);
    const wayOut = elements.filter(({ name, attributes }) => name === "a" && attributes.href === links.unsubscribeUrl);
    expect(wayOut).toHaveLength(1);
    // No element of the body's own holds it, and nothing that is said of looks hides it.
    const [{ within } = { within: [] }] = wayOut;
    expect(JSON.stringify(within)).not.toMatch(/display:\s*none;?"|position|gym\.example\/"/);
    expect(html).not.toMatch(/\.footer \{ display: none|position:fixed/);
    expect(elements.filter(({ name }) => name === "html" || name === "body").map(({ name }) => name)).toEqual([
      "html",
      "body",
    ]);
    expect(text).toContain(`Unsubscribe: ${links.unsubscribeUrl}`);
    expect(headers["List-Unsubscribe"]).toBe("<https://app.gym.example/api/unsubscribe/t0ken>");
  });
});

test.each([
  ["email", { subject: " {{ member_first_name }} " }, "subject"],
  ["email", { subject: "{% if member_first_name %}Hi{% endif %}" }, "subject"],
  ["in_app", { title: "{{ member_first_name }}" }, "title"],
  ["sms", { body_html: null, body_text: "{{ member_first_name }}" }, "text"],
] as const)("E69: an empty %s is not sent: %j", (channel, given, field) => {
  for (const member_first_name of [null, "", " \u00a0", "\u0000\u202e"]) {
    expect(() => render({ channel, ...given }, { member_first_name })).toThrow(
      `The ${field} is empty once it is filled in.`,
    );
  }
  expect(() => render({ channel, ...given }, { member_first_name: "Mara" })).not.toThrow();
});

test("S44: a rendered email loads nothing, redirects through nobody, and no address in it says who reads it", () => {
  const person = { member_first_name: "Marabel", member_last_name: "Kellermann", member_email: "marabel@demo.example" };
  const body_html =
    '<p>Hi {{ member_first_name }} {{ member_last_name }}, {{ member_email }}</p><p><a href="{{ app_url }}/me">Plan</a></p><p><a href="{{ notifications_url }}">All</a></p>';
  for (const kind of ["marketing", "service"] as const) {
    const { html, text, headers } = render(
      { class: kind, subject: "{{ member_email }}", body_html, action_url: "/me/offers" },
      { ...person, membership_level: "Premium" },
    );
    const elements = elementsOf(html);
    expect(
      elements.filter(({ name }) => /^(img|link|script|iframe|video|audio|object|embed|source)$/.test(name)),
    ).toEqual([]);
    expect(elements.filter(({ attributes }) => attributes.src ?? attributes.background ?? attributes.srcset)).toEqual(
      [],
    );
    expect(html).not.toMatch(/url\(|@import|@font-face/i);
    const urls = `${html} ${text} ${Object.values(headers).join(" ")}`.match(/https?:\/\/[^\s"'<>)]+/g) ?? [];
    expect(urls.length).toBeGreaterThan(6);
    expect(urls.filter((url) => /marabel|kellermann|demo\.example|premium|@|%40/i.test(url))).toEqual([]);
    const pages = urls.filter((url) => !url.includes("www.w3.org"));
    expect(
      pages.filter(
        (url) =>
          !/^https:\/\/app\.gym\.example(\/me(\/offers|\/notifications)?|(\/api)?\/unsubscribe\/t0ken)?\/?$/.test(url),
      ),
    ).toEqual([]);
  }
});
