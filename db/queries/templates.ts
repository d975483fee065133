import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Db, Tx } from "../client.ts";
import { communicationTemplates as t, automationWorkflows as w } from "../schema/index.ts";

const columns = {
  id: t.id,
  name: t.name,
  channel: t.channel,
  class: t.class,
  liveVersionId: t.liveVersionId,
  archivedAt: t.archivedAt,
};

export async function findTemplate(db: Db, id: number) {
  const [template] = await db.select(columns).from(t).where(eq(t.id, id));
  return template ?? null;
}

/** Those of the ids that there are, by id. */
export async function findTemplates(db: Db, ids: number[]): Promise<Map<number, FoundTemplate>> {
  const templates = ids.length === 0 ? [] : await db.select(columns).from(t).where(inArray(t.id, ids));
  return new Map(templates.map((template) => [template.id, template]));
}

/** What steps may send, by channel and name; what is archived may not be sent any more. */
export async function listTemplateNames(db: Db) {
  return db
    .select({ id: t.id, name: t.name, channel: t.channel })
    .from(t)
    .where(isNull(t.archivedAt))
    .orderBy(asc(t.channel), asc(t.name));
}

export type FoundTemplate = NonNullable<Awaited<ReturnType<typeof findTemplate>>>;

/** Takes the row's lock, so that two people who change it at once do so one after the other. Not of an archived one. */
export async function findTemplateForUpdate(tx: Tx, id: number): Promise<FoundTemplate | null> {
  const [template] = await tx
    .select(columns)
    .from(t)
    .where(and(eq(t.id, id), isNull(t.archivedAt)))
    .for("no key update");
  return template ?? null;
}

export type TemplateUse = { id: number; name: string; isEnabled: boolean };

/** The workflows with a step that sends the template, in a branch of whatever depth; those that are on first. */
export async function listTemplateUses(db: Db, templateId: number): Promise<TemplateUse[]> {
  return db
    .select({ id: w.id, name: w.name, isEnabled: w.isEnabled })
    .from(w)
    .where(
      and(
        isNull(w.archivedAt),
        sql`jsonb_path_exists(${w.steps}, '$.**.action.params.template_id ? (@ == $id)',
                              jsonb_build_object('id', ${templateId}::bigint))`,
      ),
    )
    .orderBy(desc(w.isEnabled), asc(w.name));
}
