import { randomUUID } from "node:crypto";
import { groupBy } from "#lib/group-by";
import type { DueMessage } from "./claim-messages.ts";
import type { Call } from "./prepare-outgoing.ts";
import type { Outgoing, Provider } from "./provider.ts";

type Ready = { going: DueMessage[]; mails: Map<number, Outgoing>; provider: Provider; gymAddress: string };

/**
 * Calls of new messages, each from one sender, so that one that is refused stops no other. What belongs to no run comes first:
 * somebody waits for it. What was refused together with others goes alone, so that the culprit is found. A call that was broken
 * off is made again as it was, under the key that it had.
 */
export function cutIntoCalls({ going, mails, provider, gymAddress }: Ready): Call[] {
  const brokenOff = going.find(({ batchId }) => batchId !== null)?.batchId;
  const outgoingOf = (messages: DueMessage[]) => messages.flatMap(({ id }) => mails.get(id) ?? []);
  const byId = (a: Outgoing, b: Outgoing) => a.messageId - b.messageId;
  const isFromGym = ([first]: Outgoing[]) => first === undefined || first.fromAddress === gymAddress;
  if (brokenOff) {
    const outgoing = [...mails.values()].sort(byId);
    return [{ key: brokenOff, going, outgoing, isFromGym: isFromGym(outgoing) }];
  }
  const isAlone = ({ attempts }: DueMessage) => provider.recognises === "requests" && attempts > 0;
  const groups = groupBy(
    going.toSorted((a, b) => Number(a.runId !== null) - Number(b.runId !== null) || a.id - b.id),
    (message) =>
      JSON.stringify([message.runId === null, mails.get(message.id)?.fromAddress, isAlone(message) && message.id]),
  );
  return [...groups.values()].flatMap((messages) => {
    const starts = Array.from(
      { length: Math.ceil(messages.length / provider.batchSize) },
      (_, n) => n * provider.batchSize,
    );
    return starts.map((start) => {
      const part = messages.slice(start, start + provider.batchSize);
      const outgoing = outgoingOf(part).sort(byId);
      return { key: randomUUID(), going: part, outgoing, isFromGym: isFromGym(outgoing) };
    });
  });
}
