import type { TemplateContent, TemplateForm } from "./designer-data.ts";

/** What each language says for itself. */
export type TextField = "subject" | "preview_text" | "title" | "body_html" | "body_text" | "action_url";

const textFields: TextField[] = ["subject", "preview_text", "title", "body_html", "body_text", "action_url"];

/** A field in one language; empty where that language leaves it to the template's own. */
export const readText = (content: TemplateContent, language: string, field: TextField): string =>
  (language === content.language ? content[field] : content.translations[language]?.[field]) ?? "";

export function writeText(content: TemplateContent, language: string, field: TextField, text: string): TemplateContent {
  if (language === content.language) {
    return { ...content, [field]: field === "title" ? text : text || null };
  }
  const { [field]: _, ...others } = content.translations[language] ?? {};
  const translation = text ? { ...others, [field]: text } : others;
  const { [language]: __, ...rest } = content.translations;
  const translations = Object.keys(translation).length > 0 ? { ...rest, [language]: translation } : rest;
  return { ...content, translations };
}

/** Whether a path of the checks is that of a text of the template's own language which nobody has written yet. */
export const isEmptyField = (content: TemplateContent, path: string): boolean =>
  textFields.some((field) => field === path && readText(content, content.language, field).trim() === "");

/** A language begins with what the template's own says. */
export const copyTexts = (content: TemplateContent, language: string): TemplateContent =>
  textFields
    .filter((field) => field !== "title" || content.channel === "in_app")
    .reduce((copied, field) => writeText(copied, language, field, readText(content, content.language, field)), content);

/** Where the checks say that a field of a language is. */
export const pathOf = (content: TemplateContent, language: string, field: TextField): string =>
  language === content.language ? field : `translations.${language}.${field}`;

export const hasTexts = (content: TemplateContent, language: string): boolean =>
  language === content.language || Object.keys(content.translations[language] ?? {}).length > 0;

/** The same form gives the same text, in whatever order its fields were written. */
export const printForm = ({ name, content }: TemplateForm): string => JSON.stringify([name.trim(), sortKeys(content)]);

function sortKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return value;
  }
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sortKeys(inner)]));
}

const labels: Record<string, string> = {
  subject: "Subject",
  preview_text: "Preview text",
  title: "Title",
  body_html: "Body",
  body_text: "Text",
  action_url: "Link",
  from_address: "Sender's address",
  from_name: "Sender's name",
  class: "Class",
  icon: "Icon",
};

const labelOf = (field: string): string => labels[field] ?? field;

/** In which fields two forms differ, in words. */
export function listDifferences(a: TemplateForm, b: TemplateForm): string[] {
  const flat = ({ name, content: { translations, ...own } }: TemplateForm) =>
    new Map<string, unknown>([
      ["Name", name],
      ...Object.entries(own).map(([field, value]): [string, unknown] => [labelOf(field), value ?? ""]),
      ...Object.entries(translations).flatMap(([language, text]) =>
        Object.entries(text).map(([field, value]): [string, unknown] => [`${labelOf(field)} (${language})`, value]),
      ),
    ]);
  const [mine, theirs] = [flat(a), flat(b)];
  return [...new Set([...mine.keys(), ...theirs.keys()])].filter(
    (key) => (mine.get(key) ?? "") !== (theirs.get(key) ?? ""),
  );
}
