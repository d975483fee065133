import { addDays, dayAt, daysBetween, inYear, yearOf } from "./days.ts";
import type { Change, Counts, Gym, GymDay, Member, Run, SweepResult, Trigger, Workflow } from "./model.ts";

/**
 * What the engine is to do, said a second time and as plainly as can be: a loop over members, calendar days as text, no
 * SQL, nothing of the engine's. Written from the product's description alone; the two agree or one of them is wrong.
 */
type Match = { occurrence: string | null };

/** A happening with a day of its own, and the days on which a sweep may still answer it. */
type Happening = { occurrence: string; on: string; opensOn: string; closesOn: string };

const mostMissedDays = 14;
const scoreIsKnownMs = 7 * 86_400_000;

/** Nothing ends a member of whom one membership has no end, or who has none at all. */
function lastDayOf(member: Member): string | null {
  const ends = member.memberships.map(({ endsOn }) => endsOn);
  return ends.includes(null) ? null : (ends.sort().at(-1) ?? null);
}

/** Who may be reached at all on a day. Who has no join date is not known to join in the future. */
function isReachable(member: Member, day: string): boolean {
  const endsOn = lastDayOf(member);
  return (
    member.role === "member" &&
    member.status === "active" &&
    !member.isErased &&
    (member.joinedOn === null || member.joinedOn <= day) &&
    (endsOn === null || endsOn >= day) &&
    (member.pausedUntil === null || member.pausedUntil < day)
  );
}

/** The gym days of the visits, the latest last. */
function visitDays(member: Member, timeZone: string): string[] {
  return member.visits
    .filter(({ kind }) => kind !== "no_show")
    .map(({ at }) => dayAt(at, timeZone))
    .sort();
}

/** Twice the visits a week stay whole numbers: 14 × visits against level × days, with never less than 7 days. */
function wasActive(member: Member, days: string[], level: "low" | "medium" | "high"): boolean {
  if (level === "low") {
    return true;
  }
  const last = days.at(-1);
  if (!last) {
    return false;
  }
  const ninetyDays = addDays(last, -89);
  const first = member.joinedOn && member.joinedOn > ninetyDays ? member.joinedOn : ninetyDays;
  const visits = days.filter((day) => day >= first && day <= last).length;
  const span = Math.max(7, daysBetween(first, last) + 1);
  return 14 * visits >= (level === "medium" ? 2 : 5) * span;
}

/** The happenings of a member that lie near a day, for triggers that are about a day. */
function happeningsOf(trigger: Trigger, member: Member, near: string): Happening[] {
  switch (trigger.type) {
    case "membership_expiry_upcoming": {
      const on = lastDayOf(member);
      const opensOn = on && addDays(on, -trigger.params.days_before);
      return on && opensOn ? [{ occurrence: `expires:${on}`, on, opensOn, closesOn: on }] : [];
    }
    case "new_member_welcome": {
      const on = member.joinedOn && addDays(member.joinedOn, trigger.params.days_since_join);
      return on ? [{ occurrence: `joined:${member.joinedOn}`, on, opensOn: on, closesOn: addDays(on, 7) }] : [];
    }
    case "milestone_achieved": {
      const { type, value } = trigger.params;
      const on = type === "anniversary" && member.joinedOn && inYear(member.joinedOn, yearOf(member.joinedOn) + value);
      return on ? [{ occurrence: `anniversary:${value}`, on, opensOn: on, closesOn: addDays(on, 3) }] : [];
    }
    case "birthday": {
      const { bornOn } = member;
      // 1 January 1900 is what systems write who do not know; nobody has a birthday before their first.
      return !bornOn || bornOn === "1900-01-01"
        ? []
        : [yearOf(near) - 1, yearOf(near)]
            .filter((year) => year > yearOf(bornOn))
            .map((year) => ({ year, on: inYear(bornOn, year) }))
            .map(({ year, on }) => ({ occurrence: `birthday:${year}`, on, opensOn: on, closesOn: addDays(on, 1) }));
    }
    default:
      return [];
  }
}

/** Whether a trigger matches a member, the audience left aside. */
function match(trigger: Trigger, member: Member, { day, now }: GymDay, timeZone: string): Match | null {
  switch (trigger.type) {
    case "low_engagement": {
      const { inactive_days, min_activity_level } = trigger.params;
      const days = visitDays(member, timeZone);
      const last = [days.at(-1), member.joinedOn, member.lastFreezeEndedOn].filter((known) => !!known).sort();
      const lastActiveOn = last.at(-1);
      const isSilent = !!lastActiveOn && daysBetween(lastActiveOn, day) >= inactive_days;
      return isSilent && wasActive(member, days, min_activity_level) ? { occurrence: null } : null;
    }
    case "high_retention_risk": {
      const newest = [...member.scores].sort((one, other) => one.at.getTime() - other.at.getTime()).at(-1);
      const isKnown = newest && now.getTime() - newest.at.getTime() <= scoreIsKnownMs;
      return isKnown && newest.score >= trigger.params.risk_score_threshold ? { occurrence: null } : null;
    }
    default:
      if (trigger.type === "milestone_achieved" && trigger.params.type === "classes_attended") {
        const { value } = trigger.params;
        // A visit in the future has not been made.
        const made = visitDays(member, timeZone).filter((on) => on <= day);
        return made.length >= value ? { occurrence: `classes_attended:${value}` } : null;
      }
      return (
        happeningsOf(trigger, member, day).find(({ opensOn, closesOn }) => opensOn <= day && day <= closesOn) ?? null
      );
  }
}

/** What the oracle remembers of one workflow between sweeps. */
type Memory = {
  runs: Map<number, Run[]>;
  /** Members left alone until a sweep finds them not matching. */
  leftAlone: Set<number>;
  /** `member occurrence` that count as answered. */
  baseline: Set<string>;
  sweptOn: Set<string>;
  isOn: boolean;
};

function switchOn(workflow: Workflow, memory: Memory, gymDay: GymDay, gym: Gym): void {
  memory.isOn = true;
  const atSwitch = { ...gymDay, now: gymDay.switchedAt };
  for (const member of workflow.includesCurrent ? [] : gym.members) {
    const matched = matchReachable(workflow, member, atSwitch, gym);
    if (matched?.occurrence) {
      memory.baseline.add(`${member.id} ${matched.occurrence}`);
    } else if (matched) {
      memory.leftAlone.add(member.id);
    }
  }
}

const matchReachable = ({ trigger }: Workflow, member: Member, gymDay: GymDay, { timeZone }: Gym) =>
  isReachable(member, gymDay.day) ? match(trigger, member, gymDay, timeZone) : null;

function sweepMember(workflow: Workflow, memory: Memory, member: Member, gymDay: GymDay, gym: Gym) {
  const { day } = gymDay;
  const runs = memory.runs.get(member.id) ?? [];
  const answered = (occurrence: string) => runs.some((run) => run.occurrence === occurrence);
  const matched = matchReachable(workflow, member, gymDay, gym);
  if (!matched) {
    memory.leftAlone.delete(member.id);
    return "no match";
  }
  if (matched.occurrence && answered(matched.occurrence)) {
    return "answered";
  }
  if (memory.leftAlone.has(member.id) || memory.baseline.has(`${member.id} ${matched.occurrence}`)) {
    return "baseline";
  }
  const isBlocked = runs
    .filter(({ kind }) => kind === "started")
    .some(({ startedOn }) => {
      const isUnfinished = workflow.runDays > 0 && day < addDays(startedOn, workflow.runDays);
      // Without days to wait there is still only one run a day.
      return isUnfinished || day < addDays(startedOn, Math.max(1, workflow.cooldownDays));
    });
  if (isBlocked) {
    return "cooldown";
  }
  return { occurrence: matched.occurrence, kind: "started" as const };
}

/** The happenings that nobody was there to answer: over, not older than 14 days, and never swept while they were open. */
function missedBy(workflow: Workflow, memory: Memory, member: Member, day: string): Happening[] {
  const runs = memory.runs.get(member.id) ?? [];
  return happeningsOf(workflow.trigger, member, day).filter(
    ({ occurrence, on, opensOn, closesOn }) =>
      closesOn < day &&
      on >= addDays(day, -mostMissedDays) &&
      on >= workflow.enabledOn &&
      isReachable(member, on) &&
      !runs.some((run) => run.occurrence === occurrence) &&
      !memory.baseline.has(`${member.id} ${occurrence}`) &&
      ![...memory.sweptOn].some((swept) => opensOn <= swept && swept <= closesOn),
  );
}

/** One sweep of one workflow. */
function sweepWorkflow(workflow: Workflow, memory: Memory, gymDay: GymDay, gym: Gym): SweepResult {
  const { day } = gymDay;
  const counts: Counts = { matched: 0, answered: 0, baseline: 0, cooldown: 0, held: 0, started: 0, missed: 0 };
  const found: Run[] = [];
  for (const member of gym.members) {
    const base = { workflowId: workflow.id, memberId: member.id, startedOn: day };
    for (const { occurrence } of missedBy(workflow, memory, member, day)) {
      found.push({ ...base, occurrence, kind: "expired_too_late" });
      counts.missed++;
    }
    const answer = sweepMember(workflow, memory, member, gymDay, gym);
    if (answer === "no match") {
      continue;
    }
    counts.matched++;
    if (typeof answer === "string") {
      counts[answer]++;
    } else {
      counts.started++;
      found.push({ ...base, ...answer });
    }
  }
  for (const run of found) {
    memory.runs.set(run.memberId, [...(memory.runs.get(run.memberId) ?? []), run]);
  }
  memory.sweptOn.add(day);
  return { day, workflowId: workflow.id, counts, runs: found };
}

export function applyChange(member: Member, change: Change): void {
  if ("set" in change) {
    Object.assign(member, change.set);
  } else if ("visit" in change) {
    member.visits.push(change.visit);
  } else if ("score" in change) {
    member.scores.push(change.score);
  } else {
    // A membership is known by its first day.
    const others = member.memberships.filter(({ startsOn }) => startsOn !== change.membership.startsOn);
    member.memberships = [...others, change.membership];
  }
}

/** Plays a gym's days and says what each sweep of each workflow must have found. The gym given stays as it is. */
export function foresee(given: Gym): SweepResult[] {
  const gym = structuredClone(given);
  const members = new Map(gym.members.map((member) => [member.id, member]));
  const remembered = gym.workflows.map((workflow) => {
    const memory: Memory = {
      runs: new Map(),
      leftAlone: new Set(),
      baseline: new Set(),
      sweptOn: new Set(),
      isOn: false,
    };
    return { workflow, memory };
  });
  return gym.days.flatMap((gymDay) => {
    for (const change of gymDay.changes) {
      const member = members.get(change.memberId);
      if (member) {
        applyChange(member, change);
      }
    }
    for (const { workflow, memory } of remembered) {
      if (!memory.isOn && workflow.enabledOn === gymDay.day) {
        switchOn(workflow, memory, gymDay, gym);
      }
    }
    return Array.from({ length: gymDay.sweeps }).flatMap(() =>
      remembered
        .filter(({ memory }) => memory.isOn)
        .map(({ workflow, memory }) => sweepWorkflow(workflow, memory, gymDay, gym)),
    );
  });
}
