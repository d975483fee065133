import { languages } from "#emails/copy";

const subjects = [
  "Hello {{ member_first_name }}",
  "We miss you",
  "Grüezi 👋",
  "{{ gym_name }}: {{ membership_level | default: 'news' }}",
];
const bodies = [
  "<p>Dear {{ member_first_name }} {{ member_last_name }}, you write to us as {{ member_email }}.</p>",
  '<h1>Come back</h1><p>See <a href="https://shop.gym.example/offers">what is new</a>.</p>',
  '{% if membership_level %}<p>Your {{ membership_level }} ends.</p>{% else %}<p>Join us.</p>{% endif %}<p><a class="button" href="{{ notifications_url }}">All</a></p>',
  "<!doctype html><html><body><table><tr><td>Since {{ join_date }}</td></tr></table></body></html>",
  '<div style="display:none">Hidden</div><p>Seen',
  "Only words & an <b>open tag",
];
const texts = [
  "Dear {{ member_first_name }},\n\nyou write to us as {{ member_email }}.",
  "See https://shop.gym.example/offers",
  "{% for i in (1..3) %}Come! {% endfor %}",
];
const actions = [null, "/me/membership", "https://shop.gym.example/offers", "{{ notifications_url }}"];

/** Templates of all kinds, as random numbers in [0, 1) choose: which language, which parts, which translations. */
export function createTemplateWriter(random: () => number) {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;

  /** HTML alone, text alone, or both. */
  function writeBody() {
    const kind = pick(["html", "text", "both"]);
    return { body_html: kind === "text" ? "" : pick(bodies), body_text: kind === "html" ? "" : pick(texts) };
  }

  return () => {
    const { body_html, body_text } = writeBody();
    const language = pick(languages);
    const others = languages.filter((other) => other !== language && random() < 0.5);
    return {
      language,
      subject: pick(subjects),
      bodyHtml: body_html || null,
      bodyText: body_text || null,
      actionUrl: pick(actions),
      fromAddress: pick([null, "offers@news.gym.example"]),
      fromName: pick([null, 'The "Gym", Zürich']),
      translations: Object.fromEntries(
        others.map((other) => [other, { subject: pick(subjects), action_url: pick(actions) ?? "", ...writeBody() }]),
      ),
    };
  };
}
