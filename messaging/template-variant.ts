import type { TemplateContent, TemplateText } from "#db/schema/templates";
import { type Language, toLanguage } from "#emails/copy";

type Variant = {
  language: Language;
  text: { [field in keyof Required<TemplateText>]: string | null };
};

/**
 * What a template says to a reader of `language`: in that language, else in the gym's, else in its own. A field that a
 * translation leaves out is taken from the template's own language.
 */
export function chooseVariant(content: TemplateContent, language: string, gymLanguage: string): Variant {
  const { subject, preview_text = null, title, body_html, body_text, action_url, translations } = content;
  const own = { subject, preview_text, title, body_html, body_text, action_url };
  const chosen = [language, gymLanguage].find((name) => name === content.language || Object.hasOwn(translations, name));
  const translation = chosen !== undefined && chosen !== content.language ? translations[chosen] : undefined;
  return {
    language: toLanguage(chosen ?? content.language),
    text: translation ? { ...own, ...withoutEmpty(translation, own) } : own,
  };
}

/**
 * A translated HTML without a translated text must not be sent along with the original's text, and vice versa; nor is a
 * translated body announced in the original's words.
 */
function withoutEmpty(translation: TemplateText, own: Variant["text"]): Partial<Variant["text"]> {
  const given = Object.fromEntries(Object.entries(translation).filter(([field, text]) => field in own && text));
  const hasBody = "body_html" in given || "body_text" in given;
  return hasBody ? { preview_text: null, body_html: null, body_text: null, ...given } : given;
}
