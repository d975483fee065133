import { addDays } from "#lib/calendar";
import type { Random } from "./random.ts";

export type Level = "Flex" | "Classic" | "Premium" | "Student";

export type DrawnMembership = {
  startsOn: string;
  /** The last day; null goes on until it is cancelled. */
  endsOn: string | null;
  level: Level;
  /** The day on which it was agreed: a renewal is known to the gym from then on. */
  agreedOn: string;
};

const months: Record<Level, number | null> = { Flex: null, Classic: 12, Premium: 12, Student: 6 };

export const drawLevel = (random: Random): Level =>
  random.weighted({ Flex: 0.24, Classic: 0.42, Premium: 0.2, Student: 0.14 });

/**
 * One membership after the other since somebody joined, each agreed in the last two weeks of the one before it.
 * `leavesOn` is the day from which on nothing is renewed any more.
 */
export function drawMemberships(
  random: Random,
  { level, joinDate, today, leavesOn }: { level: Level; joinDate: string; today: string; leavesOn: string | null },
): DrawnMembership[] {
  const length = months[level];
  if (length === null) {
    return [{ startsOn: joinDate, endsOn: leavesOn, level, agreedOn: joinDate }];
  }
  const memberships: DrawnMembership[] = [];
  let startsOn = joinDate;
  let agreedOn = joinDate;
  while (agreedOn <= today && (leavesOn === null || agreedOn < leavesOn)) {
    const endsOn = addDays(addMonths(startsOn, length), -1);
    memberships.push({ startsOn, endsOn, level, agreedOn });
    startsOn = addDays(endsOn, 1);
    agreedOn = addDays(endsOn, -random.int(0, 13));
  }
  return memberships;
}

function addMonths(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  const wanted = date.getUTCMonth() + count;
  date.setUTCMonth(wanted);
  // The 31st plus a month is the last day of a month that has none.
  if (date.getUTCMonth() !== wanted % 12) {
    date.setUTCDate(0);
  }
  return date.toISOString().slice(0, 10);
}
