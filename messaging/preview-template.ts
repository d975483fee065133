import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import type { TemplateContent } from "#db/schema/templates";
import { decodeEntities } from "#lib/templates/decode-entities";
import { memberValues, sampleValues } from "#lib/templates/placeholders";
import { memberColumns, type ValueSource } from "./read-values.ts";
import { type CompiledTemplate, compileTemplate, type Gym, RenderError, type RenderedMessage } from "./render.ts";
import { measureSms, type SmsSize } from "./sms-segments.ts";

export type PreviewReader = {
  name: string;
  /** Null where it is not known: then the gym's language is theirs. */
  language: string | null;
  values: Record<string, unknown>;
};

type MemberRow = Pick<
  ValueSource,
  "firstName" | "lastName" | "email" | "membershipLevel" | "joinDate" | "memberLanguage" | "facts"
>;

/**
 * What placeholders say to a member: the truth where it is known, the facts of their last run of one of the workflows,
 * samples for what only a run brings along. Null when there is no such member.
 */
export async function readPreviewReader(
  db: Db,
  memberId: number,
  { workflowIds, samples }: { workflowIds: number[]; samples: Record<string, string> },
): Promise<PreviewReader | null> {
  const { rows } = await db.execute<MemberRow>(sql`
    select ${memberColumns},
           (select r.facts from workflow_runs r
            where r.member_id = u.id and r.workflow_id = any(${sql.param(workflowIds)}::bigint[])
            order by r.id desc limit 1) as facts
    from users u where u.id = ${memberId} and u.role = 'member' and u.erased_at is null`);
  const [member] = rows;
  return member
    ? {
        name: `${member.firstName} ${member.lastName}`.trim(),
        language: member.memberLanguage,
        values: { ...samples, ...memberValues(member), ...member.facts },
      }
    : null;
}

/** Somebody who does not exist, of whom everything is known. */
export const sampleReader = (language: string, samples: Record<string, string>): PreviewReader => {
  const { gym_name, gym_address, app_url, notifications_url, unsubscribe_url, ...member } = sampleValues();
  return {
    name: `${member.member_first_name} ${member.member_last_name}`,
    language,
    values: { ...samples, ...member },
  };
};

/** What an inbox shows beside the subject: the layout hides it at the top of the mail. */
export const inboxText = (html: string): string =>
  decodeEntities(/data-skip-in-text="true">([^<]*)/.exec(html)?.[1] ?? "").trim();

export type TemplatePreview =
  | { message: RenderedMessage; language: string; sms: SmsSize | null; error: null }
  | { message: null; error: string };

/** A template as it would be sent, or why it cannot be. */
export function previewTemplate(
  content: TemplateContent,
  { language, values }: PreviewReader,
  gym: Gym,
  { appUrl }: { appUrl: string },
): TemplatePreview {
  try {
    const template: CompiledTemplate = compileTemplate(content, language ?? gym.language, gym);
    const message = template.render(values, { appUrl, unsubscribeUrl: `${appUrl}/unsubscribe` });
    const sms = content.channel === "sms" ? measureSms(message.body) : null;
    return { message, language: template.language, sms, error: null };
  } catch (error) {
    if (error instanceof RenderError) {
      return { message: null, error: error.message };
    }
    throw error;
  }
}

/** A mail's HTML as a program shows it that is set to light or dark, whatever the browser is set to. */
export const drawInScheme = (html: string, scheme: "light" | "dark"): string =>
  html.replace("@media (prefers-color-scheme: dark)", scheme === "dark" ? "@media all" : "@media not all");
