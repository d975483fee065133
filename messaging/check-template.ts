import type { TemplateContent } from "#db/schema/templates";
import { checkSource, type Finding } from "#lib/templates/check-source";
import { checkHtml } from "./check-html.ts";
import { compileSource } from "./compile-source.ts";
import { safeUrl } from "./safe-url.ts";

/** Something about a template that must be put right (`error`) or is worth a second look (`warning`). */
export type Problem = Finding & {
  /** The field's path: `subject`, or `translations.de.subject`. */
  field: string;
};

type Text = Pick<TemplateContent, "subject" | "body_html" | "body_text" | "action_url"> & { title: string | null };

/** Gmail cuts longer emails off; the layout itself takes some 6 kB. */
const clippedBytes = 96_000;

/** Everything that is wrong with a template, in each of its languages. */
export function checkTemplate(content: TemplateContent, knownPlaceholders: ReadonlySet<string>): Problem[] {
  const { subject, title, body_html, body_text, action_url } = content;
  const own: Text = { subject, title, body_html, body_text, action_url };
  return [
    ...requireFields(content),
    ...checkSender(content),
    ...checkText(own, knownPlaceholders, ""),
    ...Object.entries(content.translations).flatMap(([language, text]) =>
      checkText({ ...emptyText, ...text }, knownPlaceholders, `translations.${language}.`),
    ),
  ];
}

const emptyText: Text = { subject: null, title: null, body_html: null, body_text: null, action_url: null };

function checkText(text: Text, known: ReadonlySet<string>, prefix: string): Problem[] {
  const found: Record<keyof Text, Finding[]> = {
    subject: [...checkLine("Subject", text.subject), ...checkSource(text.subject, known)],
    title: [...checkLine("Title", text.title), ...checkSource(text.title, known)],
    body_html: [
      ...checkSource(text.body_html, known),
      ...checkHtml(text.body_html ?? ""),
      ...checkSize(text.body_html),
    ],
    body_text: checkSource(text.body_text, known),
    action_url: checkLink(text.action_url, known),
  };
  return Object.entries(found).flatMap(([field, findings]) =>
    findings.map((finding) => ({ field: prefix + field, ...finding })),
  );
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

function checkSize(html: string | null): Finding[] {
  return Buffer.byteLength(html ?? "") > clippedBytes
    ? [finding("This is so long that Gmail will cut it off; keep it under 96 kB.", "warning")]
    : [];
}

/** One address, and a name without what could end the header. */
function checkSender({ from_address, from_name }: TemplateContent): Problem[] {
  const isAddress = !from_address || /^[^\s@,;<>"()]+@[^\s@,;<>"()]+\.[^\s@,;<>"()]+$/.test(from_address);
  return [
    ...(isAddress ? [] : [{ field: "from_address", ...finding("The sender must be one email address.") }]),
    ...checkLine("Sender", from_name).map((problem) => ({ field: "from_name", ...problem })),
  ];
}

const sampleApp = "https://app.example";

function checkLink(link: string | null, known: ReadonlySet<string>): Finding[] {
  const findings = checkSource(link, known);
  if (!link?.trim() || findings.some(({ severity }) => severity === "error")) {
    return findings;
  }
  // A name that ends so holds a whole address; what it holds is checked again for each reader.
  const samples = Object.fromEntries([...known].map((name) => [name, name.endsWith("_url") ? sampleApp : "sample"]));
  const sample = compileSource(link, "text")(samples).trim().replaceAll(" ", "%20");
  const isOfTheGym = !/^\s*https:\/\/[^/?#]*\{/i.test(link);
  return isOfTheGym && safeUrl(sample, sampleApp)
    ? findings
    : [...findings, finding("The link must start with / or https://.")];
}
