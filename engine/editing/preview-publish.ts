import { isDeepStrictEqual } from "node:util";
import type { Db } from "#db/client";
import { countOpenRuns } from "#db/queries/versions";
import type { Problem } from "../definition.ts";
import { triggers } from "../triggers/index.ts";
import { type Change, describeChanges } from "./describe-changes.ts";
import { editedOf, findDraftProblems, liveOf, requireDraft } from "./draft.ts";
import { readPickNames } from "./pick-names.ts";

/** What publishing the draft as it is now would do. */
export type PublishPreview = {
  revision: number;
  /** Whether nothing was published before. */
  isFirst: boolean;
  changes: Change[];
  problems: Problem[];
  /** Runs in progress: they finish on the version they started on. By version, the newest first. */
  runs: { total: number; byVersion: { number: number; runs: number }[] };
  /** "12 runs are going on. They finish on the version they started on: version 3." */
  runsInWords: string;
  /** Whether it is on and the trigger changes: then publishing asks whether those who match now are started, too. */
  asksForCurrent: boolean;
  /** Whether the cooldown becomes 0: then publishing asks whether a member may really start every day. */
  asksForNoCooldown: boolean;
};

/** @throws AppError `not_found` */
export async function previewPublish(db: Db, id: number): Promise<PublishPreview> {
  const found = await requireDraft(db, id);
  const [live, draft] = [liveOf(found), editedOf(found)];
  const names = await readPickNames(db, live ? [live, draft] : [draft]);
  const byVersion = await countOpenRuns(db, id);
  const total = byVersion.reduce((sum, { runs }) => sum + runs, 0);
  return {
    revision: found.revision,
    isFirst: live === null,
    changes: live ? describeChanges(live, draft, names) : [],
    problems: await findDraftProblems(db, id, draft),
    runs: { total, byVersion },
    runsInWords: describeRuns(total, byVersion),
    asksForCurrent: found.isEnabled && live !== null && !isSameTrigger(live.trigger, draft.trigger),
    asksForNoCooldown: draft.cooldownPeriodDays === 0 && live?.cooldownPeriodDays !== 0,
  };
}

function describeRuns(total: number, byVersion: { number: number }[]): string {
  if (total === 0) {
    return "No run is going on.";
  }
  const numbers = byVersion.map(({ number }) => number).join(", ");
  const versions = `${byVersion.length === 1 ? "version" : "versions"} ${numbers}`;
  return total === 1
    ? `1 run is going on. It finishes on the version it started on: ${versions}.`
    : `${total.toLocaleString("en")} runs are going on. They finish on what they started on: ${versions}.`;
}

const isSameTrigger = (a: unknown, b: unknown) => isDeepStrictEqual(triggers.check(a).data, triggers.check(b).data);
