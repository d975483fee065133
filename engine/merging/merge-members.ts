import { sql } from "drizzle-orm";
import { notificationChannel, ringBell } from "#db/bells";
import type { Tx } from "#db/client";
import { insertAuditEvent } from "#db/queries/audit";
import {
  handOnWaiting,
  mergeDigests,
  mergeMemberships,
  mergeOffers,
  mergeRiskScores,
  mergeStats,
  mergeTags,
  mergeVisits,
  moveRows,
  type Pair,
} from "#db/queries/merged-records";
import type { Clock } from "../define.ts";
import { lockMessages, lockRuns } from "../lock-members-work.ts";
import { mergeIdentity, requireMergeable } from "./merge-identity.ts";
import { moveMessages, skipDoubled } from "./merge-messages.ts";
import { endLosers, listRivals, mergeStates, moveRuns } from "./merge-runs.ts";
import { mergeWill } from "./merge-will.ts";

/** What became the survivor's, and what was kept from happening twice. */
export type Merged = {
  /** The two were one already: only what had come in since was moved. */
  isDone: boolean;
  /** Rows by what they are. */
  moved: Record<string, number>;
  runsEnded: number;
  messagesSkipped: number;
};

/**
 * Makes two records of one member one: all that is `drop`'s becomes `keep`'s, and nothing that both were in for happens
 * twice. The other record stays behind, empty, and leads to the survivor. Doing it again moves what came in meanwhile.
 * Locks are taken in the engine's order: workflows, runs, messages, members.
 * @throws AppError that names the field when one of them cannot be merged.
 */
export async function mergeMembers(tx: Tx, pair: Pair, actorId: number | null, clock: Clock): Promise<Merged> {
  await lockRuns(tx, [pair.keep, pair.drop]);
  await lockMessages(tx, { all: [pair.drop], owed: [pair.keep] });
  const people = await requireMergeable(tx, pair);

  const rivals = await listRivals(tx, pair);
  const ended = await endLosers(tx, rivals, clock);
  const messagesSkipped = await skipDoubled(tx, rivals, ended);
  const runs = await moveRuns(tx, pair);
  await mergeStates(tx, pair);

  const moved = {
    runs,
    messages: await moveMessages(tx, pair),
    tags: await mergeTags(tx, pair),
    visits: await mergeVisits(tx, pair),
    risk_scores: await mergeRiskScores(tx, pair),
    memberships: await mergeMemberships(tx, pair, clock),
    offers: await mergeOffers(tx, pair),
    ...(await moveRows(tx, pair)),
  };
  await mergeStats(tx, pair);
  await mergeDigests(tx, pair);
  await handOnWaiting(tx, pair);
  await tx.execute(sql`delete from auth_users where user_id = ${pair.drop}`);
  if (!people.isDone) {
    await mergeWill(tx, people);
    await mergeIdentity(tx, people, clock);
  }

  const merged = { isDone: people.isDone, moved, runsEnded: ended.length, messagesSkipped };
  if (!people.isDone || Object.values(moved).some((rows) => rows > 0)) {
    await insertAuditEvent(tx, {
      actorId,
      action: "member.merged",
      subjectType: "member",
      subjectId: pair.keep,
      after: { from: pair.drop, ...merged },
    });
  }
  await tx.execute(sql`select pg_notify(${notificationChannel}, ${String(pair.keep)})`);
  await ringBell(tx, "steps");
  return merged;
}
