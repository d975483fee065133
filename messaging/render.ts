import type { TemplateContent } from "#db/schema/templates";
import { oneLine } from "#lib/one-line";
import { isLiquidError, type Sink } from "#lib/templates/liquid";
import { aroundLiquid } from "#lib/templates/protect-liquid";
import { type Compiled, type CompiledPieces, compilePieces, fillPieces } from "./compile-source.ts";
import { dressBody } from "./email-frame.ts";
import { escapeSource, htmlFromText, plainSource, textFromHtml } from "./html-text.ts";
import { compileLetter, type Letter, writePlain } from "./letter.ts";
import { absoluteUrl, safeUrl } from "./safe-url.ts";
import { dropUnsafeAddresses } from "./safe-values.ts";
import { sanitizeHtml } from "./sanitize-html.ts";
import { explainTooLong } from "./sms-limit.ts";
import { chooseVariant } from "./template-variant.ts";
import { tidyValues } from "./values.ts";

export type Gym = { name: string; postalAddress: string; language: string };

export type Links = {
  /** The address of the app, without a path. */
  appUrl: string;
  /** The reader's own link out of marketing email, which must not go without. */
  unsubscribeUrl?: string;
};

/** With `body` as plain text: what a notification says. */
export type RenderedMessage = Letter & {
  subject: string;
  title: string;
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
  const { subject, preview_text: preview, title, body_text: text, action_url: actionUrl } = variant.text;
  // Once more: it may have been stored past the check, or under rules of before.
  const html = explainFailure(() => sanitizeHtml(variant.text.body_html ?? "").html, "body_html");
  const isEmail = content.channel === "email";
  const isMarketing = isEmail && content.class === "marketing";
  const fields = {
    subject: compile(subject, "text", "subject"),
    title: compile(title, "text", "title"),
    actionUrl: compile(actionUrl, "text", "action_url"),
    text: compile(plainSource(text, html), "text", text?.trim() ? "body_text" : "body_html"),
  };
  const drawn = isEmail ? compileHtml(html, text ?? "", preview ?? "") : null;
  const write = drawn
    ? compileLetter({ ...fields, ...drawn, language: variant.language, gym, hasUnsubscribeLink: isMarketing })
    : writePlain(fields.text);
  const names = namesOf([...Object.values(fields), ...Object.values(drawn ?? {})]);
  const lines = { subject: compileLine(fields.subject), title: compileLine(fields.title) };
  const fromName = content.from_name && oneLine(content.from_name);

  const forApp = keepLast((appUrl: string) => ({
    standing: gymValues(gym, { appUrl }),
    action: fields.actionUrl.own.length === 0 ? findAction(actionUrl ?? "", appUrl) : null,
  }));

  function render(given: Record<string, unknown>, { appUrl, unsubscribeUrl = "" }: Links): RenderedMessage {
    if (isMarketing && !unsubscribeUrl) {
      throw new Error("A marketing email needs an unsubscribe link");
    }
    const ofApp = forApp(appUrl);
    const { values: safe, problems } = dropUnsafeAddresses(given, appUrl);
    const sources = [ofApp.standing, { unsubscribe_url: unsubscribeUrl }, safe];
    const values = tidyValues(names ? pick(names, sources) : Object.assign({}, ...sources), variant.language);
    const { action, address, isLeftOut } = ofApp.action ?? findAction(fillPieces(fields.actionUrl, values), appUrl);
    const { html, text, body, frame, own } = write(values, { appUrl, unsubscribeUrl, action: address });
    const message = {
      html,
      text,
      body,
      frame,
      own,
      subject: isEmail ? lines.subject(values) : "",
      title: lines.title(values),
      actionUrl: action,
      icon: content.icon,
      fromAddress: content.from_address,
      fromName,
      headers: isMarketing ? unsubscribeHeaders(unsubscribeUrl) : {},
      problems: isLeftOut ? [...problems, "The link was left out: it must start with / or https://."] : problems,
    };
    refuseEmpty(content.channel, message);
    refuseTooLong(content.channel, body);
    return message;
  }

  return { language: variant.language, render: (values, links) => explainFailure(() => render(values, links)) };
}

/** The button's link, filled in, and the whole address that it leads to. */
function findAction(link: string, appUrl: string) {
  const url = link.trim().replaceAll(" ", "%20");
  const action = url ? safeUrl(url, appUrl) : null;
  return { action, address: action && absoluteUrl(action, appUrl), isLeftOut: url !== "" && action === null };
}

function compileHtml(html: string, text: string, given: string): { body: CompiledPieces; preview: CompiledPieces } {
  const source = html.trim() ? html : explainFailure(() => htmlFromText(text), "body_text");
  const isGiven = given.trim() !== "";
  const preview = isGiven ? given : previewOf(textFromHtml(source.replace(/<\/?a\b[^>]*>/gi, "")));
  return {
    body: compile(dressBody(source), "html", "body_html"),
    preview: compile(escapeSource(preview), "html", isGiven ? "preview_text" : "body_html"),
  };
}

/** Null where Liquid may ask for any. */
function namesOf(fields: CompiledPieces[]): string[] | null {
  const names = fields.map((field) => field.names);
  return names.includes(null) ? null : [...new Set(names.flatMap((some) => some ?? []))];
}

type Given = Record<string, unknown>;

/** The values of these names. Of two that have one the later wins. */
function pick(names: string[], sources: Given[]): Given {
  const picked: Given = Object.create(null);
  for (const name of names) {
    for (const source of sources) {
      if (Object.hasOwn(source, name)) {
        picked[name] = source[name];
      }
    }
  }
  return picked;
}

/** A function that answers at once when it is asked the same again. */
function keepLast<Answer>(find: (question: string) => Answer): (question: string) => Answer {
  let last: { question: string; answer: Answer } | undefined;
  return (question) => {
    if (last?.question !== question) {
      last = { question, answer: find(question) };
    }
    return last.answer;
  };
}

function compile(source: string | null, sink: Sink, field: string): CompiledPieces {
  const pieces = explainFailure(() => compilePieces(source ?? "", sink), field);
  // Values were tidied; it is Liquid that writes this one where a text says "\\u0000".
  const isSafe = pieces.names !== null;
  return isSafe ? pieces : { ...pieces, own: pieces.own.map((fill) => (values) => refuseNul(fill(values), field)) };
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

function compileLine(field: CompiledPieces): Compiled {
  const fixed = oneLine(field.shared.join(""));
  return field.own.length === 0 ? () => fixed : (values) => oneLine(fillPieces(field, values));
}

/** The first lines of a text that is not all logic, for the inbox. */
function previewOf(text: string) {
  const start = aroundLiquid(text, (plain) => plain.split("\n\n").slice(0, 2).join(" ").replace(/\s+/g, " "));
  return start.includes("{%") ? "" : start;
}

/** The page asks a person first; what a mail service posts to is the handler of the same name. */
function unsubscribeHeaders(pageUrl: string): Record<string, string> {
  const path = pageUrl.indexOf("/", "https://".length);
  const oneClick = `${pageUrl.slice(0, path)}/api${pageUrl.slice(path)}`;
  return { "List-Unsubscribe": `<${oneClick}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
}

/** The one character that the database does not store. */
function refuseNul(text: string, field: string): string {
  if (text.includes("\0")) {
    throw new RenderError(`${field}: there is a character in it that can't be stored (U+0000) once it is filled in.`);
  }
  return text;
}

/** Cut, it would say what nobody wrote, without its end: the link, the way out. A failed message is seen, and put right. */
function refuseTooLong(channel: TemplateContent["channel"], text: string) {
  const fault = channel === "sms" ? explainTooLong(text) : null;
  if (fault) {
    throw new RenderError(fault);
  }
}

function refuseEmpty(
  channel: TemplateContent["channel"],
  { subject, title, body }: Pick<RenderedMessage, "subject" | "title" | "body">,
) {
  const missing = { email: subject ? "" : "subject", in_app: title ? "" : "title", sms: body ? "" : "text" }[channel];
  if (missing) {
    throw new RenderError(`The ${missing} is empty once it is filled in.`);
  }
}
