import type { UnconfirmedMessage } from "#components/logs/unconfirmed-message";
import { countUnconfirmed, listUnconfirmed } from "#db/queries/unconfirmed";
import { dayAndTime } from "#lib/format-time";
import { explainReason } from "#lib/outcome-reasons";
import { channelNames } from "#lib/template-texts";
import { askable } from "#messaging/provider";
import { getDb } from "../../../_server/db.ts";
import { getGym } from "../../../_shell/gym.ts";

/** As many as anybody decides in one sitting; the others move up. */
const limit = 100;

export async function readUnconfirmed(workflowId: number | undefined) {
  const db = getDb();
  const [{ timeZone }, rows, total] = await Promise.all([
    getGym(),
    listUnconfirmed(db, { workflowId, limit }),
    countUnconfirmed(db, { workflowId }),
  ]);
  const now = new Date();
  const messages = rows.map(
    (row): UnconfirmedMessage => ({
      id: row.id,
      subject: row.subject ?? row.templateName ?? "Message",
      workflow: row.workflowName,
      to: row.memberName ?? row.recipient ?? "Unknown",
      address: row.memberName ? row.recipient : null,
      channel: channelNames[row.channel],
      tried: dayAndTime(row.triedAt, now, timeZone),
      why: explainReason(row.reason ?? "unknown_outcome"),
      error: row.errorMessage,
      sentAgain: row.sentAgain,
      askable: askable[row.provider ?? ""] ?? null,
    }),
  );
  return { messages, total };
}
