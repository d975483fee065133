import { eq } from "drizzle-orm";
import type { Db } from "../client.ts";
import { communicationTemplates } from "../schema/index.ts";

export async function findTemplate(db: Db, id: number) {
  const [template] = await db
    .select({
      id: communicationTemplates.id,
      name: communicationTemplates.name,
      channel: communicationTemplates.channel,
      class: communicationTemplates.class,
      liveVersionId: communicationTemplates.liveVersionId,
      archivedAt: communicationTemplates.archivedAt,
    })
    .from(communicationTemplates)
    .where(eq(communicationTemplates.id, id));
  return template ?? null;
}

export type FoundTemplate = NonNullable<Awaited<ReturnType<typeof findTemplate>>>;
