import { monthOf, toDay, weekdayOf } from "./days.ts";
import type { Random } from "./random.ts";
import { closedOn, type Slot, season, timetable } from "./timetable.ts";

/** How somebody trains: when in the week, how faithfully, and when not at all. */
export type Habit = {
  slots: Slot[];
  /** The share of the routine that they keep in an average month. */
  faithfulness: number;
  /** Day numbers, both included: holidays, colds, and the long silences that a gym worries about. */
  breaks: { from: number; to: number }[];
};

type Life = { from: number; to: number; location: number };

/** Minutes after midnight around which they like to come, and how far off. */
const dayTimes = {
  early: { mean: 405, spread: 20, weight: 0.2 },
  morning: { mean: 570, spread: 40, weight: 0.14 },
  lunch: { mean: 725, spread: 15, weight: 0.18 },
  evening: { mean: 1080, spread: 45, weight: 0.48 },
};

const weights = Object.fromEntries(Object.entries(dayTimes).map(([name, { weight }]) => [name, weight])) as Record<
  keyof typeof dayTimes,
  number
>;

export function drawHabit(random: Random, { from, to, location }: Life): Habit {
  const dayTime = dayTimes[random.weighted(weights)];
  const perWeek = Number(random.weighted({ "1": 0.58, "2": 0.28, "3": 0.1, "4": 0.03, "5": 0.01 }));
  const weekdays = drawWeekdays(random, perWeek);
  const likesClasses = random.next();
  const slots = weekdays.map((weekday): Slot => {
    const mean = weekday > 4 ? 615 : dayTime.mean;
    const near = timetable.filter(
      (slot) => slot.weekday === weekday && slot.location === location && Math.abs(slot.minutes - mean) < 100,
    );
    return near.length > 0 && random.chance(likesClasses)
      ? random.pick(near)
      : { weekday, minutes: Math.round(random.normal(mean, dayTime.spread)), className: "", location };
  });
  const faithfulness = Math.min(0.95, Math.max(0.44, random.normal(0.55, 0.1)));
  return { slots, faithfulness, breaks: [...drawHolidays(random, from, to), ...drawSilences(random, from, to)] };
}

/** Mondays to Thursdays are what a gym lives of. */
function drawWeekdays(random: Random, count: number): number[] {
  const left: Record<string, number> = { "0": 1.2, "1": 1.15, "2": 1.1, "3": 1, "4": 0.6, "5": 0.55, "6": 0.45 };
  return Array.from({ length: count }, () => {
    const weekday = random.weighted(left);
    delete left[weekday];
    return Number(weekday);
  }).sort();
}

/** The days on which people plan to be away from, how many do, for how long and how exactly. */
const holidays: Record<string, { share: number; days: [number, number]; spread: number }> = {
  "07-01": { share: 0.65, days: [6, 14], spread: 50 },
  "12-23": { share: 0.5, days: [4, 10], spread: 5 },
  "04-01": { share: 0.3, days: [7, 10], spread: 12 },
  "10-05": { share: 0.35, days: [7, 10], spread: 8 },
};

/** Summer for nearly all, Christmas for many, and a week with a cold here and there. */
function drawHolidays(random: Random, from: number, to: number) {
  const breaks: Habit["breaks"] = [];
  for (let day = from; day <= to; day++) {
    const holiday = holidays[toDay(day).slice(5)];
    if (holiday && random.chance(holiday.share)) {
      const start = day + random.int(0, holiday.spread);
      breaks.push({ from: start, to: start + random.int(...holiday.days) });
    }
    if (random.chance(0.002)) {
      breaks.push({ from: day, to: day + random.int(4, 9) });
    }
  }
  return breaks;
}

/** The first twelve weeks are the dangerous ones. Most come back; who fell silent lately may not have yet. */
function drawSilences(random: Random, from: number, to: number) {
  const breaks: Habit["breaks"] = [];
  for (let day = from + 7; day <= to; day += 7) {
    const hazard = day - from < 84 ? 0.014 : 0.006;
    if (random.chance(hazard)) {
      const isLost = to - day < 200 && random.chance(0.22);
      const end = isLost ? to : day + random.int(20, 56);
      breaks.push({ from: day + random.int(0, 6), to: end });
      day = end;
    }
  }
  return breaks;
}

export type DrawnVisit = {
  day: number;
  minutes: number;
  kind: "checkin" | "class" | "no_show";
  className: string;
  location: number;
};

/** The visits that such a habit leaves behind between two days, both included. */
export function drawVisits(random: Random, habit: Habit, from: number, to: number): DrawnVisit[] {
  const visits: DrawnVisit[] = [];
  for (let day = from; day <= to; day++) {
    const share = habit.faithfulness * (season[monthOf(day)] ?? 1);
    for (const slot of habit.slots) {
      if (slot.weekday === weekdayOf(day) && random.chance(share) && isThere(habit, day)) {
        visits.push(attend(random, slot, day));
      }
    }
    if (random.chance(0.02 * habit.faithfulness) && isThere(habit, day)) {
      visits.push(attend(random, { weekday: 0, minutes: 1020, className: "", location: random.int(0, 1) }, day));
    }
  }
  return visits;
}

const isThere = ({ breaks }: Habit, day: number) =>
  !closedOn.has(toDay(day).slice(5)) && !breaks.some(({ from, to }) => day >= from && day <= to);

function attend(random: Random, { minutes, className, location }: Slot, day: number): DrawnVisit {
  if (!className) {
    return { day, minutes: Math.round(random.normal(minutes, 18)), kind: "checkin", className, location };
  }
  const kind = random.chance(0.04) ? "no_show" : "class";
  return { day, minutes: kind === "no_show" ? minutes : minutes - random.int(2, 14), kind, className, location };
}
