import { and, eq, isNotNull } from "drizzle-orm";
import { type Db, withTransaction } from "#db/client";
import { isUniqueViolation } from "#db/errors";
import { insertAuditEvent } from "#db/queries/audit";
import { communicationTemplates as t } from "#db/schema/index";
import { AppError } from "#lib/errors";
import type { Clock } from "./define.ts";

type Unarchiving = { templateId: number; actorId: number | null };

/**
 * Brings a template back as it was. One that is back already stays so.
 * @throws AppError `not_found`; `conflict` when another one has got its name since.
 */
export async function unarchiveTemplate(db: Db, { templateId, actorId }: Unarchiving, clock: Clock): Promise<void> {
  try {
    await withTransaction(db, async (tx) => {
      const [restored] = await tx
        .update(t)
        .set({ archivedAt: null, updatedAt: clock.now, updatedBy: actorId })
        .where(and(eq(t.id, templateId), isNotNull(t.archivedAt)))
        .returning({ name: t.name });
      if (restored) {
        const subject = { subjectType: "template", subjectId: templateId };
        await insertAuditEvent(tx, { actorId, action: "template.unarchived", ...subject, after: restored });
      } else if ((await tx.$count(t, eq(t.id, templateId))) === 0) {
        throw new AppError("not_found", `There is no template ${templateId}.`);
      }
    });
  } catch (error) {
    if (isUniqueViolation(error, "communication_templates_name")) {
      throw new AppError("conflict", "Another template has this name by now. Give that one another name first.");
    }
    throw error;
  }
}
