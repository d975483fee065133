import { sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import { listTemplateIds } from "#db/queries/config";
import { communicationTemplates } from "#db/schema/index";
import type { Clock } from "../define.ts";
import type { ReadyTemplate } from "./check-config.ts";

export type Counts = { created: number; updated: number; unchanged: number };

type Options = {
  /** Leaves those that are there as they are. */
  onlyMissing: boolean;
};

const content = sql`
  class, language, subject, preview_text, title, body_html, body_text,
  from_address, from_name, action_url, icon, translations, placeholders`;
const ofStored = sql`
  stored.class, stored.language, stored.subject, stored.preview_text, stored.title, stored.body_html, stored.body_text,
  stored.from_address, stored.from_name, stored.action_url, stored.icon, stored.translations, stored.placeholders`;
const ofExcluded = sql`
  excluded.class, excluded.language, excluded.subject, excluded.preview_text, excluded.title, excluded.body_html, excluded.body_text,
  excluded.from_address, excluded.from_name, excluded.action_url, excluded.icon, excluded.translations, excluded.placeholders`;

/** Creates and updates templates by channel and name. Answers with what each id of the file is here. */
export async function storeTemplates(tx: Tx, templates: ReadyTemplate[], { onlyMissing }: Options, clock: Clock) {
  const rows = templates.map(({ entry, placeholders }) => ({ ...entry, placeholders }));
  const entries = templates.map(({ entry }) => entry);
  const before = await listTemplateIds(tx);
  const { rows: written } = await tx.execute<{ id: number }>(sql`
    insert into ${communicationTemplates} as stored (name, channel, ${content}, created_at, updated_at)
    select name, channel, ${content}, ${clock.now}::timestamptz, ${clock.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as entry (
      name text, channel text, class text, language text, subject text, preview_text text, title text, body_html text, body_text text,
      from_address text, from_name text, action_url text, icon text, translations jsonb, placeholders jsonb)
    on conflict (channel, name) where archived_at is null do update
      set (${content}) = row(${ofExcluded}), revision = stored.revision + 1, updated_at = excluded.updated_at, updated_by = null
      where not ${onlyMissing} and (${ofStored}) is distinct from (${ofExcluded})
    returning id`);
  const after = await listTemplateIds(tx);
  const ids = new Map(entries.map((entry) => [entry.id, after.get(keyOf(entry))]));
  const created = entries.filter((entry) => !before.has(keyOf(entry))).length;
  const updated = written.length - created;
  return { ids, counts: { created, updated, unchanged: entries.length - created - updated } satisfies Counts };
}

const keyOf = ({ channel, name }: { channel: string; name: string }) => `${channel} ${name}`;
