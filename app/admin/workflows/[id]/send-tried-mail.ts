import type { Db } from "#db/client";
import type { Trial } from "#engine/editing/try-workflow";
import type { SentOnTrial } from "#engine/editing/walk";
import type { Clock } from "#lib/clock";
import { AppError } from "#lib/errors";
import { queueTestMail } from "#messaging/queue-test-mail";

type Tried = { trial: Trial; stepId: number; viewer: { userId: number; email: string } };

/**
 * Queues the email that a step of a trial would send, as a test, to the viewer's own address.
 * @throws AppError where the trial does not come to such a step, or its email cannot be made.
 */
export async function sendTriedMail(db: Db, { trial, stepId, viewer }: Tried, clock: Clock): Promise<void> {
  const message = findTriedEmail(trial, stepId);
  const { language, template } = message;
  await queueTestMail(db, { message, language, templateId: template.id, viewer }, clock);
}

/** @throws AppError where the trial does not come to such a step, or its email cannot be made. */
export function findTriedEmail(trial: Trial, stepId: number): SentOnTrial {
  const step = trial.steps.find((step) => step.stepId === stepId);
  if (!step) {
    throw new AppError("invalid", `${trial.name} does not come to this step. Choose another member or day.`);
  }
  const { message, reason } = step;
  if (!message) {
    throw new AppError("invalid", reason ?? "This step sends no message.");
  }
  if (message.channel !== "email") {
    throw new AppError("invalid", "Only an email can be sent as a test.");
  }
  return message;
}
