import { Parser } from "htmlparser2";
import { expect, test } from "vitest";
import type { TemplateContent } from "#db/schema/templates";
import { nastyNames } from "../test/support/nasty-values.ts";
import { templateContent } from "../test/support/template-content.ts";
import { weave } from "./pieces.ts";
import { compileTemplate, RenderError } from "./render.ts";

const gym = { name: "Training Club", postalAddress: "Langstrasse 120\n8004 Zürich", language: "en" };
const links = { appUrl: "https://app.gym.example", unsubscribeUrl: "https://app.gym.example/unsubscribe?token=a&b=c" };

const content = (given: Partial<TemplateContent> = {}) =>
  templateContent({
    subject: "Hello {{ member_first_name }}",
    body_html: '<p title="{{ member_first_name }}">Hi {{ member_first_name }},</p><p>See you soon</p>',
    ...given,
  });

const render = (given: Partial<TemplateContent> = {}, values: Record<string, unknown> = {}, language = "en") =>
  compileTemplate(content(given), language, gym).render(values, links);

/** What a mail program would make of it: elements with their attributes, comments, and the text between. */
function read(html: string) {
  const elements: string[] = [];
  const titles: string[] = [];
  let text = "";
  const parser = new Parser({
    onopentag: (name, attributes) => {
      elements.push(`${name} ${Object.keys(attributes).sort().join(" ")}`);
      titles.push(attributes.title ?? "");
    },
    oncomment: (comment) => elements.push(`comment ${comment.slice(0, 20)}`),
    ontext: (piece) => {
      text += piece;
    },
  });
  parser.end(html);
  return { elements, text, title: titles.find(Boolean) };
}

const plain = read(render({ action_url: "/me" }, { member_first_name: "Mara" }).html);
const logical = { body_html: content().body_html?.replace("<p>", "{% if true %}<p>{% endif %}") ?? "" };

test.each(nastyNames)("the name %j is text in every sink", (name) => {
  const shown = Buffer.from(name).toString();
  for (const body of [{}, logical, { preview_text: "For {{ member_first_name }}" }]) {
    const message = render(
      { ...body, action_url: "/me" },
      { member_first_name: shown, member_email: "secret@demo.example", secret: "xyzzy" },
    );
    const { elements, text, title } = read(message.html);
    expect(elements).toEqual(plain.elements);
    expect(title).toBe(text.split("Training ClubHi ")[1]?.split(",See you soon")[0]);
    expect(message.subject + message.title).not.toMatch(/[\r\n\p{Cc}\u2028\u2029]/u);
    expect(Object.keys(message.headers)).toEqual(["List-Unsubscribe", "List-Unsubscribe-Post"]);
    expect(message.html + message.text + message.subject).not.toMatch(/xyzzy|secret@demo|\0/);
    if (!/\p{Cc}|[\u2028\u202e\u2066\u2069]|^\s|\s$/u.test(shown)) {
      expect(message.subject).toBe(`Hello ${shown}`);
      expect(message.text).toContain(`Hi ${shown},`);
      expect(title).toBe(shown);
    }
  }
});

test.each(nastyNames)("the name %j alone is no link", (name) => {
  const message = render({ action_url: "{{ member_first_name }}" }, { member_first_name: name });
  expect(message.actionUrl).toBeNull();
  expect(message.html).not.toContain("Open Training Club");
});

test("a link that is not safe once filled in is left out and told about", () => {
  const { actionUrl, problems, html } = render({ action_url: "{{ where }}" }, { where: "javascript:alert(1)" });
  expect({ actionUrl, problems }).toEqual({
    actionUrl: null,
    problems: ["The link was left out: it must start with / or https://."],
  });
  expect(html).not.toContain("javascript:");
});

test("a path of the app becomes a whole address in an email and stays a path in a notification", () => {
  const email = render({ action_url: "/me/offers/{{ code }}" }, { code: "A 1" });
  expect(email.actionUrl).toBe("/me/offers/A%201");
  expect(email.html).toContain('href="https://app.gym.example/me/offers/A%201"');
  expect(email.text).toContain("Open Training Club: https://app.gym.example/me/offers/A%201");
});

test("marketing email carries the way out three times: headers, footer, text", () => {
  const message = render();
  expect(message.headers).toEqual({
    "List-Unsubscribe": "<https://app.gym.example/api/unsubscribe?token=a&b=c>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  });
  expect(message.html).toContain('href="https://app.gym.example/unsubscribe?token=a&amp;b=c"');
  expect(message.text).toContain("Unsubscribe: https://app.gym.example/unsubscribe?token=a&b=c");
});

test("service email has no way out to carry, and both have the gym's postal address", () => {
  const message = render({ class: "service" });
  expect(message.headers).toEqual({});
  expect(message.html + message.text).not.toMatch(/unsubscribe/i);
  for (const { html, text } of [message, render()]) {
    expect(html).toContain("Training Club · Langstrasse 120 · 8004 Zürich");
    expect(text).toContain("Training Club · Langstrasse 120 · 8004 Zürich");
  }
});

test("marketing email without a way out is a bug of the caller", () => {
  expect(() => compileTemplate(content(), "en", gym).render({}, { appUrl: links.appUrl })).toThrow(/unsubscribe/);
});

test("a subject that is empty once filled in is refused", () => {
  expect(() => render({ subject: " {{ member_first_name }} " })).toThrow(RenderError);
  expect(() => render({ channel: "sms", body_html: null, body_text: "{{ x }}" })).toThrow(RenderError);
});

test("E68: a placeholder that has no value for this member leaves nothing behind", () => {
  const message = render({
    subject: "Since {{ join_date }}hello",
    body_text: 'Hi {{ member_first_name | default: "you" }}{{ x }}!',
  });
  expect(message.subject).toBe("Since hello");
  expect(message.text).toMatch(/^Hi you!\n/);
});

test("broken syntax names its field", () => {
  expect(() => render({ body_html: "<p>\n{{ member_first_name</p>" })).toThrow(/body_html: .*line:2/);
  expect(() => render({ subject: "{% include 'x' %}" })).toThrow(RenderError);
});

test("a translation speaks where it can, the template's own language where it cannot", () => {
  const translations = {
    de: { subject: "Hallo {{ member_first_name }}", body_html: "<p>Bis bald, {{ join_date }}</p>" },
  };
  const german = render(
    { translations, body_text: "English", action_url: "/me" },
    { member_first_name: "Mara", join_date: "2025-03-17" },
    "de",
  );
  expect(german.subject).toBe("Hallo Mara");
  expect(german.text).toContain("Bis bald, 17. März 2025");
  expect(german.text).not.toContain("English");
  expect(german.html).toContain('lang="de"');
  expect(german.html).toContain("Training Club öffnen");
  expect(german.actionUrl).toBe("/me");
});

test("without the member's language the gym's is taken, then the template's own", () => {
  const translations = { de: { subject: "Hallo" } };
  const inGerman = compileTemplate(content({ translations }), "fr", { ...gym, language: "de" });
  expect(inGerman.render({}, links).subject).toBe("Hallo");
  expect(compileTemplate(content({ translations }), "fr", { ...gym, language: "it" }).language).toBe("en");
  expect(compileTemplate(content({ translations }), "constructor", gym).language).toBe("en");
});

test("the text of an HTML keeps names, links and lists, in the letters they were written in", () => {
  const body_html =
    "<h1>Hi {{ member_first_name }}</h1><ul><li>One &amp; two</li><li>Three</li></ul>" +
    '<p>{% if a < 2 %}<a href="{{ app_url }}/plan">Plan&nbsp;it</a>{% endif %}<br>Yours</p>';
  const { body } = render({ body_html }, { member_first_name: "Mara <3", a: 1 });
  expect(body).toBe("Hi Mara <3\n\n- One & two\n- Three\n\nPlan it: https://app.gym.example/plan\nYours");
});

test("an email written as text has HTML too, and a whole page is taken out of its frame", () => {
  const { html } = render(
    { body_html: null, body_text: "Hi <you> {{ member_first_name }}\nline\n\nnext" },
    { member_first_name: "<i>" },
  );
  expect(html).toMatch(/<p [^>]*>Hi &lt;you&gt; &lt;i&gt;<br>line<\/p>\n<p [^>]*>next<\/p>/);
  const page = render({
    body_html: "<!doctype html><html><head><title>x</title></head><body><p>Hello</p></body></html>",
  });
  expect(page.html.match(/<html|<body/g)).toHaveLength(2);
  expect(page.html).not.toContain("<title>");
});

test("a notification is plain text, an SMS its text alone", () => {
  const notification = render(
    { channel: "in_app", title: "For {{ member_first_name }}", body_html: "<p>Hi <b>you</b></p>", action_url: "/me" },
    { member_first_name: "<b>\nA" },
  );
  expect(notification).toMatchObject({
    title: "For <b> A",
    body: "Hi you",
    actionUrl: "/me",
    icon: "info",
    html: "",
    headers: {},
  });
  expect(
    render({ channel: "sms", body_html: null, body_text: "Hi {{ member_first_name }}" }, { member_first_name: "A" })
      .text,
  ).toBe("Hi A");
});

test("the gym's own values are there, and a workflow's context may say otherwise", () => {
  const subject = "{{ gym_name }}, {{ gym_address }}";
  expect(render({ subject }).subject).toBe("Training Club, Langstrasse 120, 8004 Zürich");
  expect(render({ subject }, { gym_name: "Club West" }).subject).toBe("Club West, Langstrasse 120, 8004 Zürich");
});

test.each([...nastyNames, "", "\n\n\n", " x ", null])(
  "the name %j: an email is its frame with the reader's own words between, to the byte, and the same by way of Liquid",
  (member_first_name) => {
    for (const body_html of [
      '<p title="{{ member_first_name }}">Hi {{ member_first_name | default: "you" }},</p><p>{{ x }}</p><p>Bye</p>',
      "{{ member_first_name }}<br>{{ member_first_name }}",
    ]) {
      for (const action_url of [null, "/me", "/me/{{ member_first_name }}"]) {
        const values = { member_first_name, x: member_first_name };
        const email = render({ body_html, action_url }, values);
        const { frame, own, html, text } = email;
        expect(weave(frame?.html ?? [], own.html)).toBe(html);
        expect(weave(frame?.text ?? [], own.text)).toBe(text);
        const byLiquid = render({ body_html: `${body_html}{{ "" }}`, action_url }, values);
        expect({ ...byLiquid, frame, own }).toEqual(email);
      }
    }
  },
);

test("readers of one template share its frame, and their own words are all that differs", () => {
  const template = compileTemplate(content({ action_url: "/me" }), "en", gym);
  const [one, other] = ["Mara", "Léa <b>"].map((member_first_name) => template.render({ member_first_name }, links));
  expect(other?.frame).toBe(one?.frame);
  expect(one?.own.html).toContain("Mara");
  expect(other?.own.html).toContain("Léa &lt;b&gt;");
  expect(other?.frame?.html.join("")).not.toContain("Léa");
});

test("no half of a character is left, whatever cuts it: what is sent can be kept", () => {
  const body_html = "<p>{{ member_first_name | truncate: 1, '' }}, {{ x }}</p>";
  const { html, text } = render({ body_html }, { member_first_name: "👋🏽", x: "\ud83d" });
  expect(html + text).toBe((html + text).toWellFormed());
});
