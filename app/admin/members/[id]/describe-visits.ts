import type { VisitWeek } from "#components/members/visit-map";
import { addDays } from "#lib/calendar";
import { relativeDay, shortDay } from "#lib/format-time";

type VisitDays = { day: string; visits: number }[];

/** The year up to today, from a Monday on: 52 weeks and the one that goes on. */
export function visitYear(today: string): { first: string; last: string } {
  return { first: addDays(mondayOf(today), -52 * 7), last: today };
}

function mondayOf(day: string): string {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** What the map of a year shows; `lastVisitOn` and `total` may reach further back than the year. */
export function describeVisits(found: VisitDays, seen: { lastVisitOn: string | null; total: number }, today: string) {
  const { first } = visitYear(today);
  const byDay = new Map(found.map(({ day, visits }) => [day, visits]));
  const weeks: VisitWeek[] = Array.from({ length: 53 }, (_, week) => {
    const monday = addDays(first, week * 7);
    return { monday, days: Array.from({ length: 7 }, (_, index) => dayOf(addDays(monday, index), byDay, today)) };
  });
  const inYear = found.reduce((sum, { visits }) => sum + visits, 0);
  const last = seen.lastVisitOn ? `, last ${relativeDay(seen.lastVisitOn, today)}` : "";
  return {
    weeks,
    months: listMonths(found, today),
    summary:
      seen.total === 0
        ? "Never came"
        : `${inYear.toLocaleString("en")} in 12 months, ${seen.total.toLocaleString("en")} in all${last}`,
  };
}

function dayOf(day: string, byDay: Map<string, number>, today: string) {
  if (day > today) {
    return null;
  }
  const visits = byDay.get(day) ?? 0;
  return { day, visits, label: `${shortDay(day)}: ${visits === 1 ? "1 visit" : `${visits || "no"} visits`}` };
}

/** The twelve months up to this one, each under its short name. */
function listMonths(found: VisitDays, today: string) {
  const [year = 0, month = 0] = today.split("-").map(Number);
  return Array.from({ length: 12 }, (_, index) => {
    const start = new Date(Date.UTC(year, month - 12 + index, 1)).toISOString().slice(0, 7);
    const visits = found.filter(({ day }) => day.startsWith(start)).reduce((sum, { visits }) => sum + visits, 0);
    return { name: shortDay(`${start}-01`).split(" ")[1] ?? start, visits };
  });
}
