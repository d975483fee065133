import { and, desc, eq } from "drizzle-orm";
import type { Db } from "../client.ts";
import { communicationTemplates as t, users, templateVersions as v } from "../schema/index.ts";
import { memberName } from "./logs.ts";

/** A template as it is stored, with who changed it last. Archived ones too. */
export async function findTemplateContent(db: Db, id: number) {
  const [found] = await db
    .select({
      id: t.id,
      name: t.name,
      revision: t.revision,
      archivedAt: t.archivedAt,
      updatedAt: t.updatedAt,
      editor: memberName,
      liveVersionId: t.liveVersionId,
      content: v.content,
    })
    .from(t)
    .innerJoin(v, eq(v.id, t.liveVersionId))
    .leftJoin(users, eq(users.id, t.updatedBy))
    .where(eq(t.id, id));
  return found ?? null;
}

/** The newest versions of a template first, with who made them. */
export async function listTemplateVersions(db: Db, templateId: number, limit = 50) {
  return db
    .select({ id: v.id, number: v.number, createdAt: v.createdAt, author: memberName })
    .from(v)
    .leftJoin(users, eq(users.id, v.createdBy))
    .where(eq(v.templateId, templateId))
    .orderBy(desc(v.number))
    .limit(limit);
}

export async function findTemplateVersion(db: Db, templateId: number, id: number) {
  const [version] = await db
    .select({ number: v.number, content: v.content })
    .from(v)
    .where(and(eq(v.id, id), eq(v.templateId, templateId)));
  return version ?? null;
}
