/** Calendar days as numbers, counted from 1 January 1970: a model that walks through many of them needs no dates. */
export const toDayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

/** The same few hundred days are asked for over and over. */
const days = new Map<number, string>();

export function toDay(number: number): string {
  let day = days.get(number);
  if (day === undefined) {
    day = new Date(number * 86_400_000).toISOString().slice(0, 10);
    days.set(number, day);
  }
  return day;
}

/** Monday is 0, Sunday 6. */
export const weekdayOf = (number: number): number => (number + 3) % 7;

/** January is 0. */
export const monthOf = (number: number): number => Number(toDay(number).slice(5, 7)) - 1;

/** The instant of a wall-clock time, in minutes after midnight, by day. Not for the hour in which clocks change. */
export function createWallClock(timeZone: string): (day: number, minutes: number) => Date {
  const format = new Intl.DateTimeFormat("en", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const offsets = new Map<number, number>();
  return (day, minutes) => {
    let offset = offsets.get(day);
    if (offset === undefined) {
      const noon = new Date(day * 86_400_000 + 43_200_000);
      const [hour = 12, minute = 0] = format.format(noon).split(":").map(Number);
      offset = hour * 60 + minute - 720;
      offsets.set(day, offset);
    }
    return new Date(day * 86_400_000 + (minutes - offset) * 60_000);
  };
}
