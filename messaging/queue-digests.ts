import type { Tx } from "#db/client";
import { recordDigests } from "#db/queries/digests";
import { toLanguage } from "#emails/copy";
import type { Clock } from "#lib/clock";
import type { Digest } from "#lib/staff-digest";
import { queueOwnMail } from "./queue-mail.ts";
import { writeDigest } from "./write-digest.ts";

/** Writes digests out and queues them for their readers. `appUrl` is the address of the app, without a path. */
export async function queueDigests(tx: Tx, digests: Digest[], { now, today }: Clock, appUrl: string): Promise<void> {
  const messageIds = await queueOwnMail(tx, now, (gym) =>
    digests.map((digest) => {
      const language = toLanguage(digest.language);
      const body = writeDigest(gym, language, digest, { today, appUrl });
      return { class: "digest", memberId: digest.userId, recipient: digest.email, language, body };
    }),
  );
  const written = digests.map((digest, place) => ({
    userId: digest.userId,
    messageId: messageIds[place] ?? 0,
    memberIds: listMembers(digest),
  }));
  await recordDigests(tx, today, written);
}

const listMembers = ({ tasks, atRisk, birthdays }: Digest): number[] => [
  ...new Set([...tasks.items, ...atRisk.items, ...birthdays.items].flatMap(({ member }) => member?.id ?? [])),
];
