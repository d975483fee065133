import { eq } from "drizzle-orm";
import { type Db, withTransaction } from "#db/client";
import { insertAuditEvent } from "#db/queries/audit";
import { findTemplateForUpdate, listTemplateUses, type TemplateUse } from "#db/queries/templates";
import { communicationTemplates } from "#db/schema/index";
import { AppError } from "#lib/errors";
import type { Clock } from "./define.ts";

type Archiving = {
  templateId: number;
  /** Whoever archives it was told which workflows that are on send it. */
  isConfirmed?: boolean;
  actorId: number | null;
};

/**
 * Deletes a template as far as the gym is concerned. Messages that are queued go out as they were; runs that come to a
 * step that sends it skip that step. Returns the workflows that are on and now need attention.
 * @throws AppError `conflict` naming those workflows, unless that is confirmed; `not_found`.
 */
export async function archiveTemplate(
  db: Db,
  { templateId, isConfirmed = false, actorId }: Archiving,
  clock: Clock,
): Promise<TemplateUse[]> {
  return withTransaction(db, async (tx) => {
    const template = await findTemplateForUpdate(tx, templateId);
    if (!template) {
      throw new AppError("not_found", `There is no template ${templateId}, or not any more.`);
    }
    const live = (await listTemplateUses(tx, templateId)).filter(({ isEnabled }) => isEnabled);
    if (live.length > 0 && !isConfirmed) {
      throw new AppError("conflict", explainUse(template.name, live));
    }
    await tx
      .update(communicationTemplates)
      .set({ archivedAt: clock.now, updatedAt: clock.now, updatedBy: actorId })
      .where(eq(communicationTemplates.id, templateId));
    const subject = { subjectType: "template", subjectId: templateId };
    await insertAuditEvent(tx, { actorId, action: "template.archived", ...subject, before: { name: template.name } });
    return live;
  });
}

/** More would be a wall of text. */
const namedAtMost = 5;

function explainUse(name: string, live: TemplateUse[]): string {
  const names = live.slice(0, namedAtMost).map((workflow) => `"${workflow.name}"`);
  const more = live.length - names.length;
  const listed = [...names, ...(more > 0 ? [`${more} more`] : [])];
  const [last, ...others] = listed.reverse();
  const workflows =
    others.length > 0 ? `${others.reverse().join(", ")} and ${last} are on and send` : `${last} is on and sends`;
  return `${workflows} "${name}". Take it out of there first, or archive it all the same: who comes to that step goes on without it.`;
}
