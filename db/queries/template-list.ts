import { and, asc, desc, eq, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { communicationTemplates as t, users } from "../schema/index.ts";
import { memberName } from "./logs.ts";

export type TemplateFilter = {
  /** In the name, the subject or the title. */
  search?: string;
  channel?: "email" | "in_app" | "sms";
  /** Those that say nothing in this language. */
  lacks?: string;
  /** Whether a workflow sends them. */
  isUsed?: boolean;
  /** Those that were archived; else those that were not. */
  isArchived?: boolean;
};

type Options = TemplateFilter & { limit: number };

/** Which workflows send which template, from a step in a branch of whatever depth. */
const used = sql`(
  select template_id, json_agg(json_build_object('id', id, 'name', name, 'isEnabled', is_enabled) order by is_enabled desc, name) as uses
  from (select distinct w.id, w.name, w.is_enabled, sent.id::bigint as template_id
        from automation_workflows w, jsonb_path_query(w.steps, '$.**.action.params.template_id') as sent (id)
        where w.archived_at is null and jsonb_typeof(sent.id) = 'number') each
  group by template_id)`;

/** Templates by name, with the workflows that send them, those that are on first, and who changed them last. */
export async function listTemplates(db: Db, { limit, ...filter }: Options) {
  return db
    .select({
      id: t.id,
      name: t.name,
      channel: t.channel,
      class: t.class,
      language: t.language,
      subject: t.subject,
      title: t.title,
      /** How a text message begins. */
      beginning: sql<string | null>`case when ${t.channel} = 'sms' then left(${t.bodyText}, 300) end`,
      translations: t.translations,
      archivedAt: t.archivedAt,
      updatedAt: t.updatedAt,
      editor: memberName,
      uses: sql<{ id: number; name: string; isEnabled: boolean }[]>`coalesce(used.uses, '[]')`,
    })
    .from(t)
    .leftJoin(users, eq(users.id, t.updatedBy))
    .leftJoin(sql`${used} used`, sql`used.template_id = ${t.id}`)
    .where(matches(filter))
    .orderBy(filter.isArchived ? desc(t.archivedAt) : asc(sql`lower(${t.name})`), asc(t.channel))
    .limit(limit);
}

export type ListedTemplate = Awaited<ReturnType<typeof listTemplates>>[number];

function matches({ search, channel, lacks, isUsed, isArchived = false }: TemplateFilter): SQL | undefined {
  const says = (text: SQL | typeof t.name) => sql`position(lower(${search}) in lower(${text})) > 0`;
  return and(
    isArchived ? isNotNull(t.archivedAt) : isNull(t.archivedAt),
    search ? or(says(t.name), says(sql`coalesce(${t.subject}, '')`), says(sql`${t.title}`)) : undefined,
    channel ? eq(t.channel, channel) : undefined,
    lacks ? sql`${t.language} <> ${lacks} and not jsonb_exists(${t.translations}, ${lacks})` : undefined,
    isUsed === undefined ? undefined : isUsed ? sql`used.uses is not null` : sql`used.uses is null`,
  );
}
