import { isNull, sql } from "drizzle-orm";
import type { Db, Tx } from "../client.ts";
import { communicationTemplates as t, users, automationWorkflows as w } from "../schema/index.ts";

/** Any number that no other lock uses. */
const configLock = 7_316_120_004;

/** Until the transaction ends nobody else brings a configuration in. */
export async function lockConfig(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${configLock})`);
}

/** In an order that is the same in every database: by name, byte for byte. */
const byName = (name: typeof w.name | typeof t.name) => sql`${name} collate "C"`;

/** All templates that are not archived. */
export async function listConfigTemplates(db: Db) {
  return db
    .select({
      id: t.id,
      name: t.name,
      channel: t.channel,
      class: t.class,
      language: t.language,
      subject: t.subject,
      previewText: t.previewText,
      title: t.title,
      bodyHtml: t.bodyHtml,
      bodyText: t.bodyText,
      fromAddress: t.fromAddress,
      fromName: t.fromName,
      actionUrl: t.actionUrl,
      icon: t.icon,
      translations: t.translations,
      placeholders: t.placeholders,
    })
    .from(t)
    .where(isNull(t.archivedAt))
    .orderBy(byName(t.name), t.channel);
}

/** The templates that are not archived, by "channel name". */
export async function listTemplateIds(db: Db): Promise<Map<string, number>> {
  const rows = await db.select({ id: t.id, channel: t.channel, name: t.name }).from(t).where(isNull(t.archivedAt));
  return new Map(rows.map(({ id, channel, name }) => [`${channel} ${name}`, id]));
}

/** All workflows that are not archived, as they are stored. */
export async function listConfigWorkflows(db: Db) {
  return db
    .select({
      id: w.id,
      name: w.name,
      description: w.description,
      trigger: w.trigger,
      steps: w.steps,
      context: w.context,
      exitWhen: w.exitWhen,
      isEnabled: w.isEnabled,
      cooldownPeriodDays: w.cooldownPeriodDays,
      liveVersionId: w.liveVersionId,
    })
    .from(w)
    .where(isNull(w.archivedAt))
    .orderBy(byName(w.name));
}

export type ConfigWorkflow = Awaited<ReturnType<typeof listConfigWorkflows>>[number];

/** Who works here and has an address, by that address in small letters. Two may share one. */
export async function listStaffByAddress(db: Db): Promise<Map<string, number[]>> {
  const { rows } = await db.execute<{ address: string; ids: number[] }>(sql`
    select lower(email) as address, json_agg(id order by id) as ids from ${users}
    where role in ('staff', 'admin') and email <> '' and archived_at is null and erased_at is null
    group by 1`);
  return new Map(rows.map(({ address, ids }) => [address, ids]));
}
