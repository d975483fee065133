import type { TemplateRow } from "#components/templates/template-row";
import type { Db } from "#db/client";
import { type ListedTemplate, listTemplates, type TemplateFilter } from "#db/queries/template-list";
import type { TemplateText } from "#db/schema/templates";
import { dayAndTime } from "#lib/format-time";
import { classNames, languageCodes } from "#lib/template-texts";
import { readAsSample } from "./read-as-sample.ts";

/** More than anybody reads; whoever looks for one of more searches. */
const shownAtMost = 200;

type Now = { now: Date; timeZone: string; gymName: string };

export async function readTemplates(db: Db, filter: TemplateFilter, { now, timeZone, gymName }: Now) {
  const found = await listTemplates(db, { ...filter, limit: shownAtMost + 1 });
  const rows = found.slice(0, shownAtMost).map(
    (template): TemplateRow => ({
      id: template.id,
      name: template.name,
      channel: template.channel,
      className: classNames[template.class],
      headline: headlineOf(template, gymName),
      languages: languageCodes.map((code) => ({ code, state: completenessOf(template, code) })),
      uses: template.uses,
      edited: dayAndTime(template.archivedAt ?? template.updatedAt, now, timeZone),
      editor: template.editor,
      isArchived: template.archivedAt !== null,
    }),
  );
  return { rows, hasMore: found.length > shownAtMost };
}

function headlineOf({ channel, subject, title, beginning }: ListedTemplate, gymName: string): string {
  const source = { email: subject, in_app: title, sms: beginning }[channel] ?? "";
  return readAsSample(source, gymName);
}

/** What a language must say of its own to be sent without another language in between. */
const needed = { email: ["subject"], in_app: ["title"], sms: [] } satisfies Record<string, (keyof TemplateText)[]>;

function completenessOf({ channel, language, translations }: ListedTemplate, code: string) {
  const text = translations[code];
  if (code === language) {
    return "complete";
  }
  const says = (field: keyof TemplateText) => Boolean(text?.[field]?.trim());
  const parts = [...needed[channel].map(says), says("body_html") || says("body_text")];
  return parts.every(Boolean) ? "complete" : parts.some(Boolean) ? "partial" : "missing";
}
