import { addDays } from "#lib/calendar";
import { toDay, toDayNumber } from "./days.ts";
import { drawHabit, type Habit } from "./habits.ts";
import { type DrawnMembership, drawLevel, drawMemberships, type Level } from "./memberships.ts";
import { drawName, type MemberLanguage, toMailbox } from "./names.ts";
import { createRandom, type Random } from "./random.ts";

export type DrawnMember = {
  firstName: string;
  lastName: string;
  email: string | null;
  language: MemberLanguage | null;
  birthDate: string | null;
  joinDate: string;
  status: "active" | "frozen" | "cancelled";
  lastFreezeEndedOn: string | null;
  pausedUntil: string | null;
  /** Index among the trainers. */
  trainer: number | null;
  /** Index among the locations. */
  location: number;
  memberships: DrawnMembership[];
  /** What they said of marketing email; null when nobody asked. */
  emailConsent: boolean | null;
  tags: string[];
  habit: Habit;
  /** The last day on which they could come. */
  lastDay: string;
};

/** What becomes of somebody in the end. The shares of a gym that does well. */
const fates = { stays: 0.875, frozen: 0.03, cancelled: 0.065, neverCame: 0.02, fresh: 0.045 };
type Fate = keyof typeof fates;

export function drawMember(seed: string, index: number, today: string): DrawnMember {
  const random = createRandom(`${seed}/member/${index}`);
  const fate = random.weighted(fates);
  const language = random.weighted({ de: 0.62, en: 0.2, fr: 0.1, it: 0.08 });
  const name = drawName(random, language);
  const joinDate = drawJoinDate(random, fate, today);
  const location = random.chance(0.64) ? 0 : 1;
  const level = fate === "fresh" && random.chance(0.5) ? "Flex" : drawLevel(random);
  const leavesOn = drawLeaving(random, fate, joinDate, today);
  const lastDay = fate === "frozen" || fate === "cancelled" ? (leavesOn ?? today) : today;
  const from = Math.max(toDayNumber(joinDate), toDayNumber(today) - 500);
  const habit = drawHabit(random, { from, to: toDayNumber(lastDay), location });
  return {
    ...name,
    ...drawContact(random, name, language),
    birthDate: random.chance(0.97) ? drawBirthDate(random, level, today) : null,
    joinDate,
    status: fate === "frozen" || fate === "cancelled" ? fate : "active",
    lastFreezeEndedOn: fate === "stays" && random.chance(0.05) ? addDays(today, -random.int(5, 300)) : null,
    pausedUntil: fate === "stays" && random.chance(0.006) ? addDays(today, random.int(5, 40)) : null,
    trainer: random.chance(0.72) ? random.int(0, 5) : null,
    location,
    memberships: drawMemberships(random, { level, joinDate, today, leavesOn: fate === "frozen" ? null : leavesOn }),
    emailConsent: random.chance(0.2) ? null : random.chance(0.8),
    tags: drawTags(random, level),
    habit: fate === "neverCame" ? { ...habit, slots: [], faithfulness: 0 } : habit,
    lastDay,
  };
}

/** Up to six years ago, more of them lately: some of those who joined long ago have left. January and autumn are busy. */
function drawJoinDate(random: Random, fate: Fate, today: string): string {
  if (fate === "fresh") {
    return addDays(today, -random.int(0, 28));
  }
  for (;;) {
    const day = addDays(today, -29 - Math.floor(random.next() ** 1.7 * 2160));
    const busy = { "01": 1, "02": 0.7, "09": 0.8, "10": 0.75 }[day.slice(5, 7)] ?? 0.5;
    if (random.chance(busy)) {
      return day;
    }
  }
}

/** The first day on which a membership is no longer theirs to use, or from which it is not renewed. */
function drawLeaving(random: Random, fate: Fate, joinDate: string, today: string): string | null {
  if (fate === "stays") {
    // Nobody renews for ever: these let the present membership run out.
    const leaving = addDays(today, -random.int(0, 60));
    return random.chance(0.1) && leaving > addDays(joinDate, 30) ? leaving : null;
  }
  if (fate !== "frozen" && fate !== "cancelled") {
    return null;
  }
  const leaving = addDays(today, -random.int(6, 130));
  return leaving > joinDate ? leaving : addDays(joinDate, 7);
}

function drawContact(random: Random, name: { firstName: string; lastName: string }, language: MemberLanguage) {
  const host = random.pick(["demo.example", "mail.demo.example", "post.demo.example"]);
  return {
    email: random.chance(0.035) ? null : `${toMailbox(name.firstName, name.lastName)}@${host}`,
    language: random.chance(0.06) ? null : language,
  };
}

function drawBirthDate(random: Random, level: Level, today: string): string {
  const age = level === "Student" ? random.normal(22, 2.5) : random.normal(38, 11.5);
  const years = age < 17 ? 17 + random.next() * 10 : Math.min(age, 78 + random.next() * 4);
  return toDay(toDayNumber(today) - Math.round(years * 365.25));
}

function drawTags(random: Random, level: Level): string[] {
  const tags = {
    "personal-training": level === "Premium" ? 0.25 : 0.04,
    referral: 0.06,
    "company-plan": 0.07,
    physio: 0.04,
  };
  return Object.entries(tags).flatMap(([tag, probability]) => (random.chance(probability) ? [tag] : []));
}
