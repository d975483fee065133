import { type Db, withTransaction } from "#db/client";
import { findMemberNamed } from "#db/queries/members";
import { readClock } from "#engine/clock";
import { type Merged, mergeMembers } from "#engine/merging/merge-members";
import { CommandError } from "../run-command.ts";

const undo = new Error("only shown");

/** Makes two records of one member one, or says what would become of them. Each is named as other systems do, or by number. */
export async function mergeNamed(db: Db, names: { keep: string; drop: string }, isMeant: boolean): Promise<string> {
  const pair = { keep: await requireMember(db, "KEEP", names.keep), drop: await requireMember(db, "DROP", names.drop) };
  const clock = await readClock(db);
  let merged: Merged | undefined;
  try {
    await withTransaction(db, async (tx) => {
      merged = await mergeMembers(tx, pair, null, clock);
      if (!isMeant) {
        throw undo;
      }
    });
  } catch (error) {
    if (error !== undo) {
      throw error;
    }
  }
  return merged ? tell(pair, merged, isMeant) : "";
}

async function requireMember(db: Db, argument: string, name: string): Promise<number> {
  const found = await findMemberNamed(db, name);
  if (found.length > 1) {
    const numbers = found.join(" and ");
    throw new CommandError(
      `${argument}: "${name}" is one's external id and another's number (${numbers}). Name it id:NUMBER.`,
    );
  }
  const [id] = found;
  if (id === undefined) {
    throw new CommandError(`${argument}: there is no member "${name}", neither by external id nor by number`);
  }
  return id;
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
