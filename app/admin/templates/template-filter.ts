import { z } from "zod";
import type { TemplateFilter } from "#db/queries/template-list";
import { languageCodes } from "#lib/template-texts";
import { idInAddress } from "../../_server/id-in-address.ts";

const filter = z.object({
  q: z.string().trim().max(100).optional().catch(undefined),
  channel: z.enum(["email", "in_app", "sms"]).optional().catch(undefined),
  lacks: z.enum(languageCodes).optional().catch(undefined),
  show: z.enum(["used", "unused", "archived"]).optional().catch(undefined),
});

/** What the page's address asks for, as its controls show it. */
export type TemplateQuery = z.output<typeof filter>;

/** What makes no sense in the address filters nothing. */
export async function readTemplateQuery(
  searchParams: Promise<Record<string, string | string[] | undefined>>,
): Promise<TemplateQuery> {
  return filter.parse(await searchParams);
}

export const toFilter = ({ q, channel, lacks, show }: TemplateQuery): TemplateFilter => ({
  search: q || undefined,
  channel,
  lacks,
  isUsed: show === "used" ? true : show === "unused" ? false : undefined,
  isArchived: show === "archived",
});

const beginning = z.object({
  channel: z.enum(["email", "in_app", "sms"]).optional().catch(undefined),
  from: idInAddress.optional().catch(undefined),
});

/** What a new template is for, and which one it begins as a copy of. */
export async function readNewQuery(searchParams: Promise<Record<string, string | string[] | undefined>>) {
  return beginning.parse(await searchParams);
}
