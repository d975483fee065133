import fc from "fast-check";
import { addDays, dayAt, instantOf, inYear, yearOf } from "./days.ts";
import type { Change, Gym, GymDay, Member, Trigger, Visit, Workflow } from "./model.ts";

/** Random gyms whose members stand where rules turn: on the day, a day before, a day after. */
const zones = ["Europe/Zurich", "America/Santiago", "Africa/Cairo", "Pacific/Apia", "UTC"];

/** Shortly before leap days, ends of years and clock changes of those zones, or anywhere. */
const firstDays = fc.oneof(
  fc.constantFrom("2027-02-22", "2028-02-20", "2026-12-24", "2027-03-24", "2026-10-20", "2027-08-31", "2027-04-25"),
  fc.integer({ min: 0, max: 1500 }).map((days) => addDays("2026-01-01", days)),
);

/** From one day of interest to the next: mostly a night, sometimes an outage. */
const gaps = fc.oneof(
  { weight: 6, arbitrary: fc.constant(1) },
  { weight: 3, arbitrary: fc.integer({ min: 2, max: 5 }) },
  { weight: 1, arbitrary: fc.integer({ min: 6, max: 20 }) },
);

type Frame = { timeZone: string; days: string[]; nows: Date[]; sweeps: number[]; workflows: Workflow[] };

const thresholds = fc.constantFrom(0.5, 0.7, 0.85);

const triggers: fc.Arbitrary<Trigger>[] = [
  fc.record({
    type: fc.constant("low_engagement" as const),
    params: fc.record({
      inactive_days: fc.constantFrom(1, 7, 30),
      min_activity_level: fc.constantFrom("low" as const, "medium" as const, "high" as const),
    }),
  }),
  fc.record({
    type: fc.constant("high_retention_risk" as const),
    params: fc.record({ risk_score_threshold: thresholds }),
  }),
  fc.record({
    type: fc.constant("membership_expiry_upcoming" as const),
    params: fc.record({ days_before: fc.constantFrom(0, 1, 3, 14) }),
  }),
  fc.record({
    type: fc.constant("milestone_achieved" as const),
    params: fc.record({ type: fc.constant("classes_attended" as const), value: fc.constantFrom(1, 5, 10) }),
  }),
  fc.record({
    type: fc.constant("milestone_achieved" as const),
    params: fc.record({ type: fc.constant("anniversary" as const), value: fc.constantFrom(1, 2, 5) }),
  }),
  fc.record({
    type: fc.constant("new_member_welcome" as const),
    params: fc.record({ days_since_join: fc.constantFrom(0, 1, 5) }),
  }),
  fc.record({ type: fc.constant("birthday" as const), params: fc.constant({}) }),
];

const workflowsOf = (days: string[]): fc.Arbitrary<Workflow[]> =>
  fc.tuple(
    ...triggers.map((trigger, index) =>
      fc.record({
        id: fc.constant(index + 1),
        trigger,
        cooldownDays: fc.constantFrom(0, 1, 2, 7, 30),
        enabledOn: fc.constantFrom(...days.slice(0, 3)),
        includesCurrent: fc.boolean(),
        runDays: fc.constantFrom(0, 0, 1, 4, 20),
      }),
    ),
  );

const frames: fc.Arbitrary<Frame> = fc
  .record({
    timeZone: fc.constantFrom(...zones),
    first: firstDays,
    gaps: fc.array(gaps, { minLength: 4, maxLength: 6 }),
  })
  .chain(({ timeZone, first, gaps }) => {
    const days = [first];
    for (const gap of gaps) {
      days.push(addDays(days.at(-1) ?? first, gap));
    }
    return fc.record({
      timeZone: fc.constant(timeZone),
      days: fc.constant(days),
      nows: fc.tuple(
        ...days.map((day) =>
          fc.integer({ min: 0, max: 600 }).map((late) => {
            return new Date(instantOf(day, "04:00", timeZone).getTime() + late * 60_000);
          }),
        ),
      ),
      sweeps: fc.tuple(...days.map(() => fc.constantFrom(0, 1, 1, 1, 1, 1, 2))),
      workflows: workflowsOf(days),
    });
  });

/** The days back from a sweep at which some workflow's rule turns, and the days around them. */
function turningDays({ days, workflows }: Frame): fc.Arbitrary<string> {
  const distances = workflows.flatMap(({ trigger }): number[] => {
    const { params } = trigger;
    return "inactive_days" in params
      ? [-params.inactive_days]
      : "days_before" in params
        ? [params.days_before, 0]
        : "days_since_join" in params
          ? [-params.days_since_join, -params.days_since_join - 7]
          : [0, -1, -3, -14];
  });
  return fc
    .tuple(fc.constantFrom(...days), fc.constantFrom(...distances), fc.constantFrom(-1, 0, 1))
    .map(([day, distance, beside]) => addDays(day, distance + beside));
}

function datesOf(frame: Frame) {
  const turning = turningDays(frame);
  const near = fc
    .tuple(fc.constantFrom(...frame.days), fc.integer({ min: -120, max: 40 }))
    .map(([day, by]) => addDays(day, by));
  const recent = fc.oneof({ weight: 3, arbitrary: turning }, { weight: 1, arbitrary: near });
  const inAnyYear = fc
    .tuple(recent, fc.constantFrom(1, 1, 2, 5, 18, 40))
    .map(([day, years]) => inYear(day, yearOf(day) - years));
  const odd = fc.constantFrom("1900-01-01", "2000-02-29", "2024-02-29", "2004-02-28", "1999-12-31", "2001-01-01");
  const longAgo = fc.constantFrom("2015-06-15", "2020-01-01", "2024-02-29", "2025-12-31");
  return {
    recent,
    born: fc.oneof(inAnyYear, inAnyYear, odd, recent),
    joined: fc.oneof(recent, inAnyYear, inAnyYear, longAgo),
  };
}

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>, weight = 3): fc.Arbitrary<Value | null> =>
  fc.oneof({ weight, arbitrary }, { weight: 1, arbitrary: fc.constant(null) });

/** Visits at noon, in the small hours and on both sides of the gym's midnight. */
function visitOn(day: string, pick: number, timeZone: string): Visit {
  const midnight = instantOf(day, "00:00", timeZone).getTime();
  const instants = [midnight - 1, midnight, Date.parse(`${day}T12:00:00Z`), midnight + 45 * 60_000];
  const kinds = ["checkin", "class", "checkin", "class", "no_show"] as const;
  return { at: new Date(instants[pick % instants.length] ?? midnight), kind: kinds[pick % kinds.length] ?? "class" };
}

/** A habit before a last day: some visits a week, over whole weeks, give or take one visit. */
const habitsOf = (frame: Frame, recent: fc.Arbitrary<string>) =>
  fc
    .record({
      last: recent,
      weeks: fc.constantFrom(0, 1, 2, 4, 12, 14),
      aWeek: fc.constantFrom(0.5, 1, 2.5, 4),
      more: fc.constantFrom(-1, 0, 0, 1),
      picks: fc.array(fc.nat(59), { minLength: 6, maxLength: 6 }),
    })
    .map(({ last, weeks, aWeek, more, picks }) => {
      const count = Math.max(0, Math.ceil(weeks * aWeek) + more);
      const span = weeks * 7;
      const days = Array.from({ length: count }, (_, visit) => addDays(last, -Math.floor((visit * span) / count)));
      const startsOn = addDays(last, -Math.max(span - 1, 0));
      return { startsOn, visits: days.map((day, visit) => visitOn(day, picks[visit % 6] ?? 0, frame.timeZone)) };
    });

const isKnownOnce = (visits: Visit[]) => [
  ...new Map(visits.map((visit) => [`${visit.at.getTime()} ${visit.kind}`, visit])).values(),
];

function scoresOf({ nows }: Frame, upTo: Date) {
  const turning = fc
    .tuple(fc.constantFrom(...nows), fc.constantFrom(-1000, 0, 1000))
    .map(([now, by]) => now.getTime() - 7 * 86_400_000 + by);
  const before = fc.integer({ min: 0, max: 12 * 1440 }).map((minutes) => upTo.getTime() - minutes * 60_000);
  const at = fc.oneof(turning, before).map((ms) => new Date(Math.min(ms, upTo.getTime())));
  const beside = fc.tuple(thresholds, fc.constantFrom(-0.0001, 0, 0.0001)).map(([score, by]) => round(score + by));
  const score = fc.oneof(beside, fc.constantFrom(0, 1, 0.6, 0.9));
  return fc.record({ score, at });
}

const round = (score: number) => Math.round(score * 10_000) / 10_000;

const membershipsOf = (recent: fc.Arbitrary<string>) =>
  fc.uniqueArray(
    fc.tuple(fc.constantFrom(400, 100, 30, 0), maybe(recent, 6)).map(([length, endsOn]) => {
      return { startsOn: addDays(endsOn ?? "2025-01-01", -length), endsOn };
    }),
    { maxLength: 2, selector: ({ startsOn }) => startsOn },
  );

function membersOf(frame: Frame, size: number): fc.Arbitrary<Member[]> {
  const { recent, born, joined } = datesOf(frame);
  const [before = new Date(0)] = frame.nows;
  const member = fc
    .record({
      role: fc.constantFrom(...Array<"member">(19).fill("member"), "staff" as const),
      status: fc.constantFrom(...Array<"active">(12).fill("active"), "frozen" as const, "cancelled" as const),
      joinedOn: maybe(joined, 9),
      joinsWithHabit: fc.nat(2).map((pick) => pick === 2),
      habit: habitsOf(frame, recent),
      bornOn: maybe(born, 6),
      lastFreezeEndedOn: fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: recent }),
      pausedUntil: fc.oneof({ weight: 8, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: recent }),
      isErased: fc.nat(25).map((pick) => pick === 25),
      memberships: membershipsOf(recent),
      scores: fc.uniqueArray(scoresOf(frame, new Date(before.getTime() - 86_400_000)), {
        maxLength: 2,
        selector: ({ at }) => at.getTime(),
      }),
    })
    .map(({ habit, joinsWithHabit, joinedOn, ...rest }) => ({
      ...rest,
      joinedOn: joinsWithHabit ? habit.startsOn : joinedOn,
      visits: isKnownOnce(habit.visits),
    }));
  return fc
    .array(member, { minLength: size, maxLength: size })
    .map((members) => members.map((member, index) => ({ id: index + 1, ...member })));
}

/** What a day brings: visits of that day and before it, new scores, renewals, freezes, pauses. */
function changesOf(frame: Frame, index: number, size: number): fc.Arbitrary<Change[]> {
  const { recent } = datesOf(frame);
  const now = frame.nows[index] ?? new Date(0);
  // A renewal that soon ends again meets a cooldown, or a run that was recorded as too late.
  const soon = fc.nat(14).map((days) => addDays(frame.days[index] ?? "2026-01-01", days));
  const visit = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom("checkin" as const, "class" as const));
  const what = fc.oneof(
    { weight: 6, arbitrary: visit.map(([ago, kind]) => ({ visit: visitAgo(now, ago, kind, frame.timeZone) })) },
    { weight: 4, arbitrary: scoresOf(frame, now).map(({ score }) => ({ score: { score, at: now } })) },
    {
      weight: 8,
      arbitrary: fc.oneof(recent, soon).map((endsOn) => ({ membership: { startsOn: addDays(endsOn, -365), endsOn } })),
    },
    { weight: 1, arbitrary: fc.constantFrom("active", "frozen", "cancelled").map((status) => ({ set: { status } })) },
    { weight: 1, arbitrary: maybe(recent).map((pausedUntil) => ({ set: { pausedUntil } })) },
    { weight: 1, arbitrary: recent.map((lastFreezeEndedOn) => ({ set: { lastFreezeEndedOn } })) },
    { weight: 1, arbitrary: fc.constant({ set: { isErased: true } }) },
  ) as fc.Arbitrary<Change extends infer Each ? Omit<Each, "memberId"> : never>;
  const change = fc
    .record({ memberId: fc.integer({ min: 1, max: size }), what })
    .map(({ memberId, what }) => ({ memberId, ...what }) as Change);
  return fc.uniqueArray(change, {
    maxLength: Math.ceil(size / 6),
    selector: (each) => `${each.memberId} ${"visit" in each} ${"score" in each} ${"membership" in each}`,
  });
}

const visitAgo = (now: Date, days: number, kind: Visit["kind"], timeZone: string): Visit => ({
  // A minute of its own: no visit of the first day is at it.
  at: new Date(instantOf(addDays(dayAt(now, timeZone), -days), "00:00", timeZone).getTime() + 97_000 + days),
  kind,
});

export const gyms = (size: number): fc.Arbitrary<Gym> =>
  frames.chain((frame) =>
    fc
      .record({
        members: membersOf(frame, size),
        changes: fc.tuple(...frame.days.map((_, index) => changesOf(frame, index, size))),
      })
      .map(({ members, changes }) => ({
        timeZone: frame.timeZone,
        workflows: frame.workflows,
        members,
        days: frame.days.map(
          (day, index): GymDay => ({
            day,
            switchedAt: instantOf(day, "01:00", frame.timeZone),
            now: frame.nows[index] ?? new Date(0),
            changes: changes[index] ?? [],
            sweeps: frame.sweeps[index] ?? 1,
          }),
        ),
      })),
  );
