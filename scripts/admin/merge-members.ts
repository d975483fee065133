import type { Db } from "#db/client";
import { readClock } from "#engine/clock";
import { type Merged, mergeMembers } from "#engine/merging/merge-members";
import { requireMember } from "./name-member.ts";
import { showOrDo } from "./show-or-do.ts";

/** Makes two records of one member one, or says what would become of them. Each is named as other systems do, or by number. */
export async function mergeNamed(db: Db, names: { keep: string; drop: string }, isMeant: boolean): Promise<string> {
  const pair = { keep: await requireMember(db, "KEEP", names.keep), drop: await requireMember(db, "DROP", names.drop) };
  const clock = await readClock(db);
  const merged = await showOrDo(db, isMeant, (tx) => mergeMembers(tx, pair, null, clock));
  return tell(pair, merged, isMeant);
}

function tell({ keep, drop }: { keep: number; drop: number }, merged: Merged, isMeant: boolean): string {
  const parts = Object.entries(merged.moved).flatMap(([what, rows]) =>
    rows > 0 ? [`  ${what.replaceAll("_", " ")}: ${rows}`] : [],
  );
  const been = merged.isDone ? "had been merged before; what came in since" : "and all that is theirs";
  const head = isMeant
    ? `Member ${drop} ${been} is member ${keep}'s now.`
    : `Member ${drop} ${been} would become member ${keep}'s. Nothing was changed: --yes does it, for good.`;
  return [
    head,
    ...parts,
    ...(merged.runsEnded > 0 ? [`  runs ended, since both were in the same workflow: ${merged.runsEnded}`] : []),
    ...(merged.messagesSkipped > 0
      ? [`  messages kept back, since both would get them: ${merged.messagesSkipped}`]
      : []),
  ].join("\n");
}
