import type { z } from "zod";
import type { PreviewAnswer } from "#components/templates/designer/preview-answer";
import { readSenderDomain } from "#db/queries/gym";
import { gymSettings } from "#db/schema/index";
import { readTemplateNames, type TemplateNames } from "#engine/template-names";
import { getEnv } from "#env";
import { AppError } from "#lib/errors";
import { one } from "#lib/rows";
import { checkTemplate, type Problem } from "#messaging/check-template";
import { findEmptyValues } from "#messaging/find-empty-values";
import { findMissingWayOut } from "#messaging/find-way-out";
import { listPlaceholders } from "#messaging/list-placeholders";
import { createMessageLinks } from "#messaging/message-links";
import { inboxText, previewTemplate, readPreviewReader, sampleReader } from "#messaging/preview-template";
import { getDb } from "../../_server/db.ts";
import type { previewInput } from "./template-input.ts";

type Input = z.output<typeof previewInput>;

/** The template as that reader would get it. */
export async function drawPreview({ templateId, content, language, memberId }: Input, names?: TemplateNames) {
  const db = getDb();
  const { samples, senders } = names ?? (await readTemplateNames(db, templateId));
  const workflowIds = senders.map(({ id }) => id);
  const reader =
    memberId === null
      ? sampleReader(language, samples)
      : await readPreviewReader(db, memberId, { workflowIds, samples });
  if (!reader) {
    throw new AppError("not_found", "There is no such member any more. Choose another one.");
  }
  const gym = one(await db.select().from(gymSettings));
  const preview = previewTemplate(content, reader, gym, createMessageLinks(getEnv()));
  return { reader, gym, preview };
}

/** What is wrong with it and how it reads, for the designer. */
export async function readPreview(input: Input): Promise<PreviewAnswer> {
  const db = getDb();
  const names = await readTemplateNames(db, input.templateId);
  const problems = await findProblems(input, names);
  const { reader, gym, preview } = await drawPreview(input, names);
  const { message } = preview;
  return {
    problems: [...problems, ...findEmptyValues(input.content, reader, gym)],
    reader: reader.name,
    language: message ? preview.language : null,
    error: preview.error,
    sms: message ? preview.sms : null,
    message: message && {
      subject: message.subject,
      inbox: inboxText(message.html),
      text: message.text,
      title: message.title,
      body: message.body,
      icon: message.icon,
      actionUrl: message.actionUrl,
      sender: `${message.fromName ?? gym.senderName} <${message.fromAddress ?? gym.senderAddress}>`,
    },
  };
}

/** Errors, and what is worth a second look. */
export async function findProblems({ content }: Input, { known, samples, senders }: TemplateNames): Promise<Problem[]> {
  const senderDomain = await readSenderDomain(getDb());
  const problems = checkTemplate(content, known, { senderDomain, samples });
  return problems.some(({ severity }) => severity === "error")
    ? problems
    : [...problems, ...findMissingWayOut(content), ...findEmptyNames(listPlaceholders(content), senders)];
}

const findEmptyNames = (names: string[], senders: TemplateNames["senders"]): Problem[] =>
  senders.flatMap(({ name, given }) =>
    names
      .filter((placeholder) => !given.has(placeholder))
      .map((placeholder) => ({
        field: "placeholders",
        line: 1,
        column: 1,
        severity: "warning" as const,
        message: `'${placeholder}' is always empty when “${name}” sends this.`,
      })),
  );
