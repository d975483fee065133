import { ringBell } from "#db/bells";
import type { Tx } from "#db/client";
import { communicationLogs, gymSettings, messageBodies } from "#db/schema/index";
import type { Language } from "#emails/copy";
import { plainAddress } from "#lib/plain-address";
import { one } from "#lib/rows";

/** Mail of ours that no workflow sends: written out where it is queued. */
type OwnMail = {
  class: "sign_in" | "digest";
  /** Whose mail it is, by `users.id`, where it is somebody's. */
  memberId: number | null;
  recipient: string;
  language: Language;
  body: { subject: string; html: string; text: string };
};

export type OwnMailGym = { name: string; postalAddress: string };

/** Queues what `write` makes, to go at once, whatever the hour. Answers the messages' ids in that order. */
export async function queueOwnMail(tx: Tx, now: Date, write: (gym: OwnMailGym) => OwnMail[]): Promise<number[]> {
  const { senderAddress, senderName, ...gym } = one(
    await tx
      .select({
        name: gymSettings.name,
        postalAddress: gymSettings.postalAddress,
        senderName: gymSettings.senderName,
        senderAddress: gymSettings.senderAddress,
      })
      .from(gymSettings),
  );
  const mails = write(gym);
  if (mails.length === 0) {
    return [];
  }
  const due = { channel: "email" as const, dueAt: now, queuedAt: now };
  const messages = await tx
    .insert(communicationLogs)
    .values(
      mails.map(({ body: _body, recipient, ...mail }) => ({ ...mail, recipient: plainAddress(recipient), ...due })),
    )
    .returning({ id: communicationLogs.id });
  // Numbers are given in the order of the values, whatever the order of the answer.
  const ids = messages.map(({ id }) => id).sort((a, b) => a - b);
  const sender = { fromAddress: senderAddress, fromName: senderName };
  const bodies = mails.map(({ body }, place) => ({ messageId: ids[place] ?? 0, ...sender, ...body }));
  await tx.insert(messageBodies).values(bodies);
  await ringBell(tx, "deliver");
  return ids;
}
