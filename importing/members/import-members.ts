import type { Tx } from "#db/client";
import { type NewConsent, recordConsents } from "#db/queries/consent";
import {
  ensureLocations,
  insertMembers,
  lockMemberImport,
  lockMembersByKeys,
  type MemberEvent,
  type MemberRecord,
  mapStaffByEmail,
  nextMemberIds,
  recordMemberEvents,
  tagMembers,
  updateMembers,
} from "#db/queries/members";
import { recordMemberships } from "#db/queries/memberships";
import { MemberIndex } from "../identity.ts";
import type { ChunkResult, ImportContext, ImportLines, Line, Problem } from "../kind.ts";
import type { MemberRow } from "./columns.ts";
import { isSame, merge } from "./merge.ts";
import { type Candidate, type PlannedLine, planLine } from "./plan.ts";
import { SeenLines } from "./seen-lines.ts";

/** Imports the chunks of one file, which remember what earlier lines of the file said. */
export function beginMembers(context: ImportContext): ImportLines<MemberRow> {
  const seen = new SeenLines();
  // A dry run stores nothing: what its earlier chunks would have made is known from here.
  const unstored = new MemberIndex<Candidate>();

  return async (tx, lines) => {
    await lockMemberImport(tx);
    const trainers = await mapStaffByEmail(
      tx,
      valuesOf(lines, "primary_trainer_email", (email) => email.toLowerCase()),
    );
    const stored = await lockMembersByKeys(tx, valuesOf(lines, "external_id"), valuesOf(lines, "email"));
    const made = new Set(lines.flatMap(({ row }) => unstored.list(row.external_id, row.email)));
    const index = new MemberIndex<Candidate>([
      ...stored.map((member) => ({ ...member, isNew: false })),
      ...Array.from(made, (member) => ({ ...member })),
    ]);
    const outcomes = lines.map((line) => planLine(line, { index, trainers, seen, context }));
    const planned = outcomes.filter((outcome): outcome is PlannedLine => "member" in outcome);
    const problems = outcomes.filter((outcome): outcome is Problem => "reason" in outcome);
    const result = await store(tx, planned, trainers, context);
    return {
      ...result,
      problems,
      afterCommit() {
        for (const { member, line, row, isFirst } of planned) {
          seen.add(member.id, line, row.membership_start ?? null);
          if (context.isDryRun && member.isNew && isFirst) {
            unstored.add({ ...member, line: undefined, starts: undefined });
          }
        }
      },
    };
  };
}

async function store(tx: Tx, planned: PlannedLine[], trainers: Map<string, number>, context: ImportContext) {
  const locations = await ensureLocations(tx, [...new Set(planned.flatMap(({ row }) => row.location ?? []))]);
  await giveIds(tx, planned);
  const first = planned.filter(({ isFirst }) => isFirst);
  const merged = first.map((line) => ({ line, record: merge(line.member, line, { trainers, locations }, context) }));
  const changed = merged.filter(({ line, record }) => !line.member.isNew && !isSame(line.member, record));
  await writeMembers(tx, planned, merged, changed, context);

  const { changed: memberships } = await recordMemberships(
    tx,
    planned.flatMap(({ member, membership }) => (membership ? [{ memberId: member.id, ...membership }] : [])),
    context,
  );
  const consents = await recordConsents(tx, first.flatMap(consentsOf), { keepRefusals: true });
  const tagged = await tagMembers(
    tx,
    planned.flatMap(({ member, row }) => (row.tags ?? []).map((tag) => ({ memberId: member.id, tag }))),
  );

  const changedMembers = new Set([...changed.map(({ record }) => record.id), ...consents.changedMemberIds, ...tagged]);
  const changedMemberships = new Set(memberships.map(({ memberId, startsOn }) => `${memberId}/${startsOn}`));
  const isCreated = (line: PlannedLine) => line.member.isNew && line.isFirst;
  const isUpdated = ({ member, isFirst, membership }: PlannedLine) =>
    (isFirst && changedMembers.has(member.id)) ||
    (membership !== null && changedMemberships.has(`${member.id}/${membership.startsOn}`));
  const created = planned.filter(isCreated).length;
  const updated = planned.filter((line) => !isCreated(line) && isUpdated(line)).length;
  return {
    created,
    updated,
    unchanged: planned.length - created - updated,
    notes: { "consents stay at the no that the members said": consents.keptRefusals },
  } satisfies Partial<ChunkResult>;
}

async function giveIds(tx: Tx, planned: PlannedLine[]) {
  const unnamed = new Set(planned.map(({ member }) => member).filter(({ id }) => Number.isNaN(id)));
  if (unnamed.size > 0) {
    const ids = await nextMemberIds(tx, unnamed.size);
    for (const member of unnamed) {
      member.id = ids.shift() ?? Number.NaN;
    }
  }
}

type Merged = { line: PlannedLine; record: MemberRecord };

async function writeMembers(
  tx: Tx,
  planned: PlannedLine[],
  merged: Merged[],
  changed: Merged[],
  context: ImportContext,
) {
  const records = new Map(merged.map(({ record }) => [record.id, record]));
  const inserted = new Set(planned.map(({ member }) => member).filter(({ isNew }) => isNew));
  if (inserted.size > 0) {
    const only = onlyMemberships(planned);
    await insertMembers(
      tx,
      Array.from(inserted, (member) => {
        const record = records.get(member.id) ?? member;
        const membership = only.get(member.id);
        return membership
          ? { ...record, membershipLevel: membership.level ?? null, membershipEndsOn: membership.endsOn }
          : record;
      }),
    );
  }
  if (changed.length > 0) {
    await updateMembers(
      tx,
      changed.map(({ record }) => record),
    );
  }
  const events = merged.flatMap(({ line: { member }, record }): MemberEvent[] => {
    if (member.isNew) {
      return record.joinDate === context.today ? [{ memberId: record.id, type: "joined" }] : [];
    }
    const detail = { from: member.status, to: record.status };
    return detail.from === detail.to ? [] : [{ memberId: record.id, type: "status_changed", detail }];
  });
  if (events.length > 0) {
    await recordMemberEvents(tx, events, context.now);
  }
}

/** The memberships of those who are given exactly one. */
function onlyMemberships(planned: PlannedLine[]) {
  const found = new Map<number, PlannedLine["membership"]>();
  for (const { member, membership } of planned) {
    if (membership) {
      found.set(member.id, found.has(member.id) ? null : membership);
    }
  }
  return found;
}

function consentsOf({ member, row }: PlannedLine): NewConsent[] {
  const given = [
    { channel: "email", answer: row.email_consent },
    { channel: "sms", answer: row.sms_consent },
  ] as const;
  return given.flatMap(({ channel, answer }) =>
    answer
      ? [{ memberId: member.id, channel, class: "marketing", isGranted: answer === "yes", source: "import" } as const]
      : [],
  );
}

function valuesOf(
  lines: Line<MemberRow>[],
  column: "external_id" | "email" | "primary_trainer_email",
  normalize = (text: string) => text,
) {
  return [...new Set(lines.flatMap(({ row }) => (row[column] ? [normalize(row[column])] : [])))];
}
