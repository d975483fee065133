import type { TemplateContent } from "#db/schema/templates";
import type { Problem } from "./check-template.ts";

/** A link to the page of choices, or the word that networks and providers know. */
const wayOut = /\{\{-?\s*unsubscribe_url\b|\bSTOP\b/;

/**
 * Advertising by SMS that does not say how to stop it, in each language. In an email the layout says so; a text message is
 * all the template's own.
 */
export function findMissingWayOut({ channel, translations, ...own }: TemplateContent): Problem[] {
  if (channel !== "sms" || own.class !== "marketing") {
    return [];
  }
  const texts = [
    ["", own] as const,
    ...Object.entries(translations).map(([code, text]) => [`${code}.`, text] as const),
  ];
  return texts.flatMap(([language, { body_text, body_html }]) => {
    const field = body_text?.trim() ? "body_text" : "body_html";
    const said = (body_text?.trim() ? body_text : body_html)?.trim();
    return said && !wayOut.test(said)
      ? [
          {
            field: language ? `translations.${language}${field}` : field,
            ...{ line: 1, column: 1, severity: "warning" as const },
            message:
              "Advertising has to say how to stop it: add “Reply STOP”, or {{ unsubscribe_url }} where the sender cannot be answered.",
          },
        ]
      : [];
  });
}
