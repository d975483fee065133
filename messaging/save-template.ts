import { and, eq, isNull, sql } from "drizzle-orm";
import { type Db, type Tx, withTransaction } from "#db/client";
import { isUniqueViolation } from "#db/errors";
import { insertAuditEvent } from "#db/queries/audit";
import { findTemplateContent } from "#db/queries/template-versions";
import { communicationTemplates as t } from "#db/schema/index";
import type { TemplateContent } from "#db/schema/templates";
import type { Clock } from "#lib/clock";
import { AppError } from "#lib/errors";
import { one } from "#lib/rows";
import { type Around, type Problem, prepareTemplate } from "./check-template.ts";
import { listPlaceholders } from "./list-placeholders.ts";

type Saving = {
  /** Left out: a new template. */
  id?: number;
  /** The revision that the editor started from; another one since is a conflict. */
  revision?: number;
  name: string;
  content: TemplateContent;
  /** The admin's `users.id`. */
  actorId: number | null;
};

type Names = Around & { known: ReadonlySet<string> };

export type SavedTemplate =
  | { outcome: "saved"; id: number; revision: number; content: TemplateContent; problems: Problem[] }
  | { outcome: "refused"; problems: Problem[] }
  /** Somebody else saved since; nothing was changed. */
  | { outcome: "conflict"; revision: number; editor: string | null; editedAt: Date };

/**
 * Creates a template, or changes one: its content without what is unsafe, and with no error in it. A change makes a version.
 * @throws AppError `conflict` when the name is taken; `not_found` when it is archived or never was.
 */
export async function saveTemplate(db: Db, saving: Saving, names: Names, clock: Clock): Promise<SavedTemplate> {
  const { content, problems } = prepareTemplate(saving.content, names.known, names);
  if (problems.some(({ severity }) => severity === "error")) {
    return { outcome: "refused", problems };
  }
  const values = {
    ...columnsOf(content),
    name: saving.name,
    placeholders: listPlaceholders(content),
    updatedAt: clock.now,
    updatedBy: saving.actorId,
  };
  return withTransaction(db, async (tx) => {
    const saved = await keepNamesApart(saving, () => write(tx, saving, values, content));
    if (!saved) {
      return describeConflict(tx, saving.id ?? 0);
    }
    await insertAuditEvent(tx, {
      actorId: saving.actorId,
      action: saving.id === undefined ? "template.created" : "template.edited",
      subjectType: "template",
      subjectId: saved.id,
      after: { name: saving.name, revision: saved.revision },
    });
    return { outcome: "saved", ...saved, content, problems };
  });
}

type Values = Partial<typeof t.$inferInsert> & { name: string };

/** Null when somebody else saved since, or the template is archived. */
async function write(tx: Tx, { id, revision }: Saving, values: Values, { channel }: TemplateContent) {
  const written = { id: t.id, revision: t.revision };
  if (id === undefined) {
    return one(
      await tx
        .insert(t)
        .values({ ...values, channel })
        .returning(written),
    );
  }
  const [saved] = await tx
    .update(t)
    .set({ ...values, revision: sql`${t.revision} + 1` })
    .where(
      and(
        eq(t.id, id),
        // What a template is sent by never changes: workflows count on it.
        eq(t.channel, channel),
        isNull(t.archivedAt),
        revision === undefined ? undefined : eq(t.revision, revision),
      ),
    )
    .returning(written);
  return saved ?? null;
}

const columnsOf = (content: TemplateContent) => ({
  class: content.class,
  language: content.language as "en" | "de" | "fr" | "it",
  subject: content.subject,
  previewText: content.preview_text ?? null,
  title: content.title,
  bodyHtml: content.body_html,
  bodyText: content.body_text,
  fromAddress: content.from_address,
  fromName: content.from_name,
  actionUrl: content.action_url,
  icon: content.icon,
  translations: content.translations,
});

async function keepNamesApart<Result>({ name }: Saving, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error, "communication_templates_name")) {
      const message = `There is a template called "${name}" for this channel already.`;
      throw new AppError("conflict", message, { name: "Choose another name." });
    }
    throw error;
  }
}

async function describeConflict(tx: Tx, id: number): Promise<SavedTemplate> {
  const stored = await findTemplateContent(tx, id);
  if (!stored || stored.archivedAt) {
    throw new AppError("not_found", "This template is archived by now. Bring it back in the list to change it.");
  }
  return { outcome: "conflict", revision: stored.revision, editor: stored.editor, editedAt: stored.updatedAt };
}
