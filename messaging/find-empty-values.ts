import type { TemplateContent } from "#db/schema/templates";
import { positionOf } from "#lib/templates/check-source";
import { findConstructs, findNames, isLiquid, parseLiquid } from "#lib/templates/liquid";
import type { Problem } from "./check-template.ts";
import { type Gym, gymValues } from "./render.ts";
import { chooseVariant } from "./template-variant.ts";
import { tidyValues } from "./values.ts";

type Reader = { name: string; language: string | null; values: Record<string, unknown> };

/**
 * Which placeholders of what a reader gets say nothing to them, and have no other words for that: neither a `default`
 * nor a tag that asks for the value first.
 */
export function findEmptyValues(content: TemplateContent, reader: Reader, gym: Gym): Problem[] {
  const { language, text } = chooseVariant(content, reader.language ?? gym.language, gym.language);
  const given = { ...gymValues(gym, { appUrl: "x", unsubscribeUrl: "x" }), ...reader.values };
  const values = tidyValues(given, language);
  const translation = language === content.language ? undefined : content.translations[language];
  return (Object.keys(text) as (keyof typeof text)[]).flatMap((field) =>
    findEmpty(text[field] ?? "", values).map(({ name, index }) => ({
      field: translation?.[field] ? `translations.${language}.${field}` : field,
      ...positionOf(text[field] ?? "", index),
      severity: "warning" as const,
      message: `'${name}' says nothing to ${reader.name}. Give other words for that: {{ ${name} | default: "…" }}.`,
    })),
  );
}

/** Each name once, where it first stands. */
function findEmpty(source: string, values: Record<string, unknown>): { name: string; index: number }[] {
  if (!isLiquid(source)) {
    return [];
  }
  const constructs = findConstructs(source).map(({ begin, end, isTag }) => ({
    begin,
    isTag,
    source: source.slice(begin, end),
  }));
  const asked = constructs.flatMap(({ isTag, source }) => (isTag ? source : [])).join(" ");
  const found = new Map<string, number>();
  for (const { begin, isTag, source: output } of constructs) {
    const names = isTag || /\|\s*default\b/.test(output) ? [] : findNames(parseLiquid(output));
    for (const { name } of names) {
      const isEmpty = (values[name] ?? null) === null && !new RegExp(`\\b${name}\\b`).test(asked);
      if (isEmpty && !found.has(name)) {
        found.set(name, begin);
      }
    }
  }
  return Array.from(found, ([name, index]) => ({ name, index }));
}
