import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { sweepIfDue } from "#engine/sweep";
import { createRandom } from "../chaos/random.ts";
import { compareRuns, endRuns, listRuns } from "./compare.ts";
import { addDays, dayAt, instantOf, inYear, yearOf } from "./days.ts";
import { loadGym } from "./load.ts";
import type { Gym, Member, Workflow } from "./model.ts";
import { foresee } from "./oracle.ts";

export type Outages = {
  timeZone: string;
  /** `HH:MM` */
  sweepTime: string;
  firstDay: string;
  days: number;
  members: number;
  seed: number;
  /** A day on which the worker must be up: that of a clock change. */
  upOn?: string;
};

const minuteMs = 60_000;
const workflow = { cooldownDays: 7, includesCurrent: true, runDays: 0 };

/**
 * Lets a gym's days go by, with outages of up to 14 days. While it is up the scheduler looks at the clock from an hour
 * before the sweep's time to two hours after it, whatever the clocks do then. Returns all that is wrong, in words.
 */
export async function playOutages(db: Db, outages: Outages): Promise<{ wrong: string[]; runs: number; late: number }> {
  const { timeZone, sweepTime, firstDay } = outages;
  const random = createRandom(outages.seed);
  const { gym, start } = await openGym(db, outages, random);
  const wrong: string[] = [];
  const sweptOn = new Map<string, Date>();
  let outage = 0;
  for (let day = firstDay; day < addDays(firstDay, outages.days); day = addDays(day, 1)) {
    outage = outage > 0 ? outage - 1 : random() < 0.08 ? Math.floor(random() * 15) : 0;
    if (outage > 0 && day !== outages.upOn) {
      continue;
    }
    const owedAt = instantOf(day, sweepTime, timeZone);
    for (let minutes = -60; minutes <= 120; minutes += 15) {
      const now = new Date(owedAt.getTime() + minutes * minuteMs + Math.floor(random() * minuteMs));
      const today = dayAt(now, timeZone);
      if (now < start) {
        continue;
      }
      const sweeps = await sweepIfDue(db, { now, today, timeZone });
      if (sweeps.length === 0) {
        continue;
      }
      wrong.push(...judgeSweep({ now, today, day, sweptOn, outages }, sweeps.length));
      sweptOn.set(today, now);
      await endRuns(db, gym.workflows, { now, today, timeZone });
    }
    if (!sweptOn.has(day)) {
      wrong.push(`${day} was not swept although the worker was up`);
    }
  }
  const judged = await judgeRuns(db, gym, outages, sweptOn);
  return { ...judged, wrong: [...wrong, ...judged.wrong] };
}

/** A gym whose workflows were switched on as its first day began. */
export async function openGym(db: Db, outages: Outages, random = createRandom(outages.seed)) {
  const { timeZone, firstDay, sweepTime } = outages;
  const gym: Gym = {
    timeZone,
    members: createMembers(outages, random),
    workflows: createWorkflows(firstDay),
    days: [],
  };
  const start = instantOf(firstDay, "00:00", timeZone);
  await db.execute(
    sql`truncate users, automation_workflows, workflow_runs, member_workflow_state, baselines restart identity cascade`,
  );
  await loadGym(db, gym, { now: start, today: firstDay, timeZone });
  await db.execute(sql`update gym_settings set sweep_time = ${sweepTime}`);
  await db.execute(sql`update automation_workflows set is_enabled = true, enabled_at = ${start}`);
  return { gym, start };
}

/** `day` is the one on which the worker is up for certain. */
type Swept = { now: Date; today: string; day: string; sweptOn: Map<string, Date>; outages: Outages };

function judgeSweep({ now, today, day, sweptOn, outages }: Swept, workflows: number): string[] {
  const { sweepTime, timeZone } = outages;
  const at = `${today} (${now.toISOString()})`;
  return [
    ...(sweptOn.has(today) ? [`${at} was swept a second time`] : []),
    ...(workflows === 3 ? [] : [`${at}: ${workflows} workflows were swept instead of 3`]),
    ...(now < instantOf(today, sweepTime, timeZone) ? [`${at} was swept before its time`] : []),
    // An hour that comes twice, or not at all, leaves open which instant is meant. A day may be swept late if the worker
    // has only come back on it.
    ...(today === day && now.getTime() > instantOf(today, sweepTime, timeZone).getTime() + 76 * minuteMs
      ? [`${at}: too late`]
      : []),
  ];
}

/** Whether the runs are those foreseen for the days swept, and each happening has its one answer. */
export async function judgeRuns(db: Db, gym: Gym, outages: Outages, sweptOn: Map<string, Date>) {
  const { firstDay } = outages;
  const gymDay = (day: string, now: Date, sweeps: number) => ({ day, now, switchedAt: now, changes: [], sweeps });
  const days = [gymDay(firstDay, new Date(0), 0), ...[...sweptOn].map(([day, now]) => gymDay(day, now, 1))];
  const runs = await listRuns(db);
  const difference = compareRuns(foresee({ ...gym, days }), runs);
  const answers = new Map<string, number>();
  for (const { memberId, occurrence } of runs) {
    const key = `${memberId} ${occurrence}`;
    answers.set(key, (answers.get(key) ?? 0) + 1);
  }
  // What happens in the last days may still be answered, or be told of as missed.
  const upTo = addDays(days.at(-1)?.day ?? firstDay, -15);
  const unexplained = gym.members
    .flatMap((member) => happeningsOf(member, outages))
    .filter(({ on }) => on >= firstDay && on <= upTo)
    .filter(({ key }) => answers.get(key) !== 1)
    .map(({ key, on }) => `${key} on ${on}: ${answers.get(key) ?? 0} runs`);
  const doubled = [...answers].filter(([, count]) => count > 1).map(([key, count]) => `${key}: ${count} runs`);
  return {
    wrong: [...(difference ? [difference.words] : []), ...unexplained, ...doubled],
    runs: runs.length,
    late: runs.filter(({ kind }) => kind === "expired_too_late").length,
  };
}

/** A third has birthdays alone, a third a membership that ends, a third joins: nothing keeps anybody from an answer. */
function createMembers({ firstDay, days, members }: Outages, random: () => number): Member[] {
  const someDay = () => addDays(firstDay, Math.floor(random() * days));
  const plain = {
    role: "member",
    status: "active",
    isErased: false,
    lastFreezeEndedOn: null,
    pausedUntil: null,
  } as const;
  return Array.from({ length: members }, (_, index): Member => {
    const day = someDay();
    const kind = index % 3;
    return {
      ...plain,
      id: index + 1,
      joinedOn: kind === 2 ? day : "2015-01-01",
      bornOn: kind !== 0 ? null : index % 30 === 0 ? "1996-02-29" : inYear(day, 1960 + Math.floor(random() * 50)),
      memberships: kind === 1 ? [{ startsOn: addDays(day, -365), endsOn: day }] : [],
      visits: [],
      scores: [],
    };
  });
}

const createWorkflows = (enabledOn: string): Workflow[] => [
  { id: 1, trigger: { type: "birthday", params: {} }, enabledOn, ...workflow },
  { id: 2, trigger: { type: "membership_expiry_upcoming", params: { days_before: 2 } }, enabledOn, ...workflow },
  { id: 3, trigger: { type: "new_member_welcome", params: { days_since_join: 1 } }, enabledOn, ...workflow },
];

/** Each day on which something happens to a member, told once more: neither the engine nor the oracle is asked. */
function happeningsOf(member: Member, { firstDay, days }: Outages): { key: string; on: string }[] {
  const { id, bornOn, joinedOn } = member;
  const endsOn = member.memberships[0]?.endsOn;
  if (bornOn) {
    const first = yearOf(firstDay);
    const years = Array.from({ length: Math.ceil(days / 365) + 1 }, (_, index) => first + index);
    return years.map((year) => ({ key: `${id} birthday:${year}`, on: inYear(bornOn, year) }));
  }
  if (endsOn) {
    return [{ key: `${id} expires:${endsOn}`, on: endsOn }];
  }
  return joinedOn ? [{ key: `${id} joined:${joinedOn}`, on: addDays(joinedOn, 1) }] : [];
}
