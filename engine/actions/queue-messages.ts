import { insertMessages } from "#db/queries/message-queue";
import { findTemplate } from "#db/queries/templates";
import { type ActionContext, failed, type Outcome, queued, skipped, type Target } from "../define.ts";

/** Only writes the messages: consent, suppression and age are asked when they are delivered. */
export async function queueMessages(
  channel: "email" | "in_app" | "sms",
  templateId: number,
  batch: Target[],
  { tx, clock, workflowId, stepId }: ActionContext,
): Promise<Outcome[]> {
  const template = await findTemplate(tx, templateId);
  if (!template) {
    return batch.map((target) => failed(target, `Template ${templateId} does not exist`));
  }
  if (template.channel !== channel) {
    return batch.map((target) => failed(target, `Template ${templateId} is for ${template.channel}, not ${channel}`));
  }
  if (template.archivedAt) {
    return batch.map((target) => skipped(target, "template_archived"));
  }
  await insertMessages(tx, { template, workflowId, stepId, batch, dueAt: clock.now });
  return batch.map(queued);
}
