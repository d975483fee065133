import type { TemplateContent, TemplateText } from "#db/schema/templates";
import { checkSource, type Finding } from "#lib/templates/check-source";
import { isLiquid } from "#lib/templates/liquid";
import { protectLiquid } from "#lib/templates/protect-liquid";
import { cleanHtml } from "./check-html.ts";
import { findPersonalLinks } from "./check-links.ts";
import { checkOffer } from "./check-offer.ts";
import { explainSender } from "./check-sender.ts";
import { checkSms } from "./check-sms.ts";
import { plainSource } from "./html-text.ts";
import { isSafeAddress } from "./safe-address.ts";

/** Something about a template that must be put right (`error`) or is worth a second look (`warning`). */
export type Problem = Finding & {
  /** The field's path: `subject`, or `translations.de.subject`. */
  field: string;
};

type Text = Pick<TemplateContent, "subject" | "body_html" | "body_text" | "action_url"> & {
  preview_text: string | null;
  title: string | null;
};

export type Around = {
  /** The gym's own, that senders are to be on. Not said, any will do. */
  senderDomain?: string;
  /** What the placeholders beyond the standing ones are likely to say. */
  samples?: Record<string, string>;
};

/** Gmail cuts longer emails off; the layout itself takes some 6 kB. */
const clippedBytes = 96_000;
/** As much as is read of a template; times a hundred thousand readers it fills a disk. */
const mostBytes = 500_000;

/**
 * A template as it is to be stored, its HTML without what is unsafe, and everything that is wrong with it in each of its
 * languages. With an error among the problems it must not be stored.
 */
export function prepareTemplate(
  content: TemplateContent,
  known: ReadonlySet<string>,
  around: Around = {},
): { content: TemplateContent; problems: Problem[] } {
  const { subject, preview_text = null, title, body_html, body_text, action_url } = content;
  const check = (text: Text, language: string, prefix: string) =>
    checkText(text, { ...around, known, language, channel: content.channel, class: content.class, prefix });
  const own = check({ subject, preview_text, title, body_html, body_text, action_url }, content.language, "");
  const translated = Object.entries(content.translations).map(([language, text]) => ({
    ...{ language, text },
    ...check({ ...emptyText, ...text }, language, `translations.${language}.`),
  }));
  const translations = translated.map(({ language, text, html }): [string, TemplateText] => [
    language,
    text.body_html ? { ...text, body_html: html ?? "" } : text,
  ]);
  return {
    content: { ...content, body_html: own.html, translations: Object.fromEntries(translations) },
    problems: [
      ...requireFields({ ...content, body_html: own.html }),
      ...checkSender(content, around),
      ...own.problems,
      ...translated.flatMap(({ problems }) => problems),
    ],
  };
}

/** Everything that is wrong with a template, in each of its languages. */
export const checkTemplate = (content: TemplateContent, known: ReadonlySet<string>, around?: Around): Problem[] =>
  prepareTemplate(content, known, around).problems;

const emptyText: Text = {
  ...{ subject: null, preview_text: null, title: null },
  ...{ body_html: null, body_text: null, action_url: null },
};

type Options = Around &
  Pick<TemplateContent, "channel" | "class"> & { known: ReadonlySet<string>; language: string; prefix: string };

function checkText(text: Text, { prefix, ...options }: Options) {
  const { known, channel } = options;
  const { html, findings } = cleanHtml(text.body_html ?? "");
  const found: Record<keyof Text, Finding[]> = {
    subject: [...checkLine("Subject", text.subject), ...checkSource(text.subject, known)],
    preview_text: [...checkLine("Preview text", text.preview_text), ...checkSource(text.preview_text, known)],
    title: [...checkLine("Title", text.title), ...checkSource(text.title, known)],
    body_html: refuseLarge(text.body_html) ?? [
      ...checkSource(text.body_html, known),
      ...findings,
      // A link that is taken out has its own finding.
      ...(findPersonalLinks(html, "html").length > 0 ? findPersonalLinks(text.body_html, "html") : []),
      ...checkSize(text.body_html),
    ],
    body_text: [...checkSource(text.body_text, known), ...findPersonalLinks(text.body_text, "text")],
    action_url: checkLink(text.action_url, known),
  };
  const body = text.body_text?.trim() ? "body_text" : "body_html";
  const isWritten = Boolean(text[body]?.trim()) && isLiquid(text[body] ?? "");
  if (isWritten && channel === "sms") {
    found[body].push(...checkSms(plainSource(text.body_text, html), options));
  }
  if (isWritten && options.class === "service") {
    found[body].push(...checkOffer(plainSource(text.body_text, html)));
  }
  const problems = Object.entries(found).flatMap(([field, list]) =>
    list.map((finding) => ({ field: prefix + field, ...finding })),
  );
  return { html: text.body_html && html, problems };
}

const finding = (message: string, severity: Finding["severity"] = "error"): Finding => ({
  line: 1,
  column: 1,
  severity,
  message,
});

function requireFields({ channel, subject, title, body_html, body_text }: TemplateContent): Problem[] {
  const hasBody = Boolean(body_html?.trim() || body_text?.trim());
  const missing = [
    channel === "email" && !subject?.trim() && { field: "subject", ...finding("An email needs a subject.") },
    channel === "in_app" && !title.trim() && { field: "title", ...finding("A notification needs a title.") },
    !hasBody && { field: channel === "email" ? "body_html" : "body_text", ...finding("There is nothing to read yet.") },
  ];
  return missing.filter((problem) => problem !== false);
}

function checkLine(label: string, text: string | null): Finding[] {
  return text && (/[\p{Cc}\u2028\u2029]/u.test(text) || text.length > 255)
    ? [finding(`${label}: one line, up to 255 characters.`)]
    : [];
}

/** What is far too large is not read any further. */
function refuseLarge(html: string | null): Finding[] | null {
  const bytes = Buffer.byteLength(html ?? "");
  return bytes > mostBytes ? [finding(`This is ${Math.ceil(bytes / 1000)} kB; an email has 500 kB at most.`)] : null;
}

function checkSize(html: string | null): Finding[] {
  return Buffer.byteLength(html ?? "") > clippedBytes
    ? [finding("This is so long that Gmail will cut it off; keep it under 96 kB.", "warning")]
    : [];
}

function checkSender({ from_address, from_name }: TemplateContent, { senderDomain }: Around): Problem[] {
  const fault = from_address ? explainSender(from_address, senderDomain) : null;
  return [
    ...(fault ? [{ field: "from_address", ...finding(fault) }] : []),
    ...checkLine("Sender", from_name).map((problem) => ({ field: "from_name", ...problem })),
  ];
}

function checkLink(link: string | null, known: ReadonlySet<string>): Finding[] {
  const findings = checkSource(link, known);
  if (!link?.trim() || findings.some(({ severity }) => severity === "error")) {
    return findings;
  }
  const { masked, partsOf } = protectLiquid(link.trim());
  return isSafeAddress(partsOf(masked), { paths: true })
    ? [...findings, ...findPersonalLinks(link, "link")]
    : [
        ...findings,
        finding("The link must start with / or https://, with the whole host written out and nothing before it."),
      ];
}
