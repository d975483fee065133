import type { TemplateContent } from "#db/schema/templates";
import { findNames, parseLiquid } from "#lib/templates/liquid";

type Content = Pick<
  TemplateContent,
  "subject" | "preview_text" | "title" | "body_html" | "body_text" | "action_url" | "translations"
>;

/** The names that a template takes, in any of its languages. Its syntax must be sound: see checkTemplate. */
export function listPlaceholders({
  subject,
  preview_text,
  title,
  body_html,
  body_text,
  action_url,
  translations,
}: Content): string[] {
  const own = [subject, preview_text, title, body_html, body_text, action_url];
  const sources = [...own, ...Object.values(translations).flatMap((text) => Object.values(text))];
  const names = sources.flatMap((source) => findNames(parseLiquid(source ?? "")).map(({ name }) => name));
  return [...new Set(names)].sort();
}
