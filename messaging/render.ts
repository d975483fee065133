import type { TemplateContent } from "#db/schema/templates";
import { addressLine, layoutCopy } from "#emails/copy";
import { escapeHtml } from "#lib/templates/escape-html";
import { isLiquidError, type Sink } from "#lib/templates/liquid";
import { type Compiled, compileSource } from "./compile-source.ts";
import { dressBody, renderFrame } from "./email-frame.ts";
import { escapeSource, htmlFromText, textFromHtml } from "./html-text.ts";
import { absoluteUrl, safeUrl } from "./safe-url.ts";
import { chooseVariant } from "./template-variant.ts";
import { tidyValues, type Values } from "./values.ts";

export type Gym = { name: string; postalAddress: string; language: string };

export type Links = {
  /** The address of the app, without a path. */
  appUrl: string;
  /** The reader's own link out of marketing email, which must not go without. */
  unsubscribeUrl?: string;
};

export type RenderedMessage = {
  subject: string;
  html: string;
  text: string;
  title: string;
  /** Plain text: what a notification says. */
  body: string;
  actionUrl: string | null;
  icon: string;
  fromAddress: string | null;
  fromName: string | null;
  headers: Record<string, string>;
  /** What was left out, in words for the gym. */
  problems: string[];
};

export type CompiledTemplate = {
  language: string;
  render(values: Record<string, unknown>, links: Links): RenderedMessage;
};

/** The template cannot make a message of this: its syntax is broken, or nothing is left of what must not be empty. */
export class RenderError extends Error {
  override name = "RenderError";
}

/**
 * Reads a template once, for one language; what it returns fills in one reader after the other. Keep it by version.
 * @throws RenderError naming the field and where its syntax is broken.
 */
export function compileTemplate(content: TemplateContent, language: string, gym: Gym): CompiledTemplate {
  const variant = chooseVariant(content, language, gym.language);
  const { subject, title, body_html: html, body_text: text, action_url: actionUrl } = variant.text;
  const isEmail = content.channel === "email";
  const isMarketing = isEmail && content.class === "marketing";

  const drawHtml = isEmail ? compileHtml() : undefined;
  const fields = {
    subject: compile(subject, "text", "subject"),
    title: compile(title, "text", "title"),
    actionUrl: compile(actionUrl, "text", "action_url"),
    text: compile(text?.trim() ? text : textFromHtml(html ?? ""), "text", text?.trim() ? "body_text" : "body_html"),
  };
  function compileHtml() {
    const source = html?.trim() ? html : htmlFromText(text ?? "");
    const body = compile(dressBody(source), "html", "body_html");
    const preview = compile(
      escapeSource(previewOf(textFromHtml(source.replace(/<\/?a\b[^>]*>/gi, "")))),
      "html",
      "body_html",
    );
    const frame = renderFrame({
      language: variant.language,
      gym,
      hasUnsubscribeLink: isMarketing,
      hasAction: Boolean(actionUrl?.trim()),
    });
    return (values: Values, links: Links, action: string | null) =>
      frame({
        body: body(values),
        preview: preview(values),
        home: escapeHtml(links.appUrl),
        unsubscribe: escapeHtml(links.unsubscribeUrl ?? ""),
        action: action && escapeHtml(action),
      });
  }

  function render(given: Record<string, unknown>, links: Links): RenderedMessage {
    if (isMarketing && !links.unsubscribeUrl) {
      throw new Error("A marketing email needs an unsubscribe link");
    }
    const values = tidyValues({ ...gymValues(gym, links), ...given }, variant.language);
    const link = fields.actionUrl(values).trim().replaceAll(" ", "%20");
    const action = link ? safeUrl(link, links.appUrl) : null;
    const body = fields
      .text(values)
      .replace(/\n{3,}/g, "\n\n")
      .trim();
    const message = {
      subject: isEmail ? oneLine(fields.subject(values)) : "",
      html: drawHtml?.(values, links, action && absoluteUrl(action, links.appUrl)) ?? "",
      text: isEmail ? withFooter(body, action, links) : body,
      title: oneLine(fields.title(values)),
      body,
      actionUrl: action,
      icon: content.icon,
      fromAddress: content.from_address,
      fromName: content.from_name && oneLine(content.from_name),
      headers: isMarketing ? unsubscribeHeaders(links.unsubscribeUrl ?? "") : {},
      problems: link && !action ? ["The link was left out: it must start with / or https://."] : [],
    };
    refuseEmpty(content.channel, message);
    refuseNul(message);
    return message;
  }

  const copy = layoutCopy[variant.language];
  const buttonLabel = copy.open(gym.name);
  const footer = `-- \n${copy.reason(gym.name)}\n${addressLine(gym)}\n`;

  function withFooter(body: string, action: string | null, { appUrl, unsubscribeUrl }: Links) {
    const button = action ? `\n\n${buttonLabel}: ${absoluteUrl(action, appUrl)}` : "";
    const wayOut = isMarketing ? `${copy.unsubscribe}: ${unsubscribeUrl}\n` : "";
    return `${body}${button}\n\n${footer}${wayOut}`;
  }

  return { language: variant.language, render: (values, links) => explainFailure(() => render(values, links)) };
}

function compile(source: string | null, sink: Sink, field: string): Compiled {
  return explainFailure(() => compileSource(source ?? "", sink), field);
}

/** Liquid's own errors, from its reading and its filling in alike, become ours; all others are bugs and stay so. */
export function explainFailure<Result>(work: () => Result, field?: string): Result {
  try {
    return work();
  } catch (error) {
    if (isLiquidError(error)) {
      throw new RenderError(`${field ? `${field}: ` : ""}${error.message}`, { cause: error });
    }
    throw error;
  }
}

/** What the standing placeholders say about the gym and its pages. */
export const gymValues = (gym: Gym, { appUrl, unsubscribeUrl }: Links) => ({
  gym_name: gym.name,
  gym_address: gym.postalAddress.replace(/\s*\n\s*/g, ", "),
  app_url: appUrl,
  notifications_url: absoluteUrl("/me/notifications", appUrl),
  unsubscribe_url: unsubscribeUrl,
});

/** No value can begin a new header: every run of white space is one space. */
const oneLine = (text: string) => text.replace(/[\s\p{Cc}]+/gu, " ").trim();

/** The first lines of a text that is not all logic, for the inbox. */
function previewOf(text: string) {
  const start = text.split("\n\n").slice(0, 2).join(" ").replace(/\s+/g, " ");
  return start.includes("{%") ? "" : start;
}

/** The page asks a person first; what a mail service posts to is the handler of the same name. */
function unsubscribeHeaders(pageUrl: string): Record<string, string> {
  const oneClick = new URL(pageUrl);
  oneClick.pathname = `/api${oneClick.pathname}`;
  return { "List-Unsubscribe": `<${oneClick.href}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
}

/** The one character that the database does not store; Liquid writes it where a text says "\\u0000". */
function refuseNul(message: RenderedMessage) {
  for (const [field, text] of Object.entries(message)) {
    if (typeof text === "string" && text.includes("\0")) {
      throw new RenderError(`The ${field} contains a character that can't be stored (U+0000) once it is filled in.`);
    }
  }
}

function refuseEmpty(channel: TemplateContent["channel"], { subject, title, body }: RenderedMessage) {
  const missing = { email: subject ? "" : "subject", in_app: title ? "" : "title", sms: body ? "" : "text" }[channel];
  if (missing) {
    throw new RenderError(`The ${missing} is empty once it is filled in.`);
  }
}
