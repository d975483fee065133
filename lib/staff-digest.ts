import { calendarDay } from "./calendar.ts";
import { clockTime } from "./format-time.ts";

/** The gym's wall-clock hours: due from the first on, and from the second on no longer worth sending. */
export const digestHours = { from: "07:30", until: "12:00" };

/** Whether a digest that was made at an instant tells of a morning that is over. */
export const isDigestOver = (madeAt: Date, now: Date, timeZone: string): boolean =>
  calendarDay(madeAt, timeZone) !== calendarDay(now, timeZone) || clockTime(now, timeZone) >= digestHours.until;

/** The switch's own words, which the ledger keeps with what was answered. */
export const digestQuestion = `Email me a digest at ${digestHours.from} of my tasks, my members at risk and their birthdays`;

/** The first of a list, and how many there are in all. */
export type Listed<Item> = { count: number; items: Item[] };

type NamedMember = { id: number /** Null when nobody told it. */; name: string | null };

export type DueTask = {
  description: string;
  member: NamedMember | null;
  dueOn: string;
  priority: "low" | "medium" | "high";
};

/** At risk by score, by silence, or by both. */
export type MemberAtRisk = {
  member: NamedMember;
  score: { risk_score: number; risk_reasons: string | null } | null;
  silence: { days_inactive: number } | null;
};

export type MemberBirthday = { member: NamedMember; age: number };

/** What somebody of the staff should know this morning. */
export type Digest = {
  userId: number;
  firstName: string;
  email: string;
  language: string;
  tasks: Listed<DueTask>;
  atRisk: Listed<MemberAtRisk>;
  birthdays: Listed<MemberBirthday>;
};
