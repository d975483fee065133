import { expect, test } from "vitest";
import { addDays } from "#lib/calendar";
import { monthOf, toDayNumber, weekdayOf } from "./days.ts";
import { drawGym } from "./gym.ts";

const share = (count: number, of: number) => count / of;

test.each(["2026-01-08", "2026-03-17", "2026-06-10", "2026-08-19", "2026-11-22", "2027-02-28", "2028-02-29"])(
  "on %s it is a gym that one could believe in",
  (today) => {
    const { members, visits } = drawGym("training-club", today);
    const day = toDayNumber(today);
    const present = members.flatMap((member, index) => {
      const ends = member.memberships.at(-1)?.endsOn ?? null;
      const isActive = member.status === "active" && member.joinDate <= today && (ends === null || ends >= today);
      const came = (visits[index] ?? []).filter((visit) => visit.kind !== "no_show" && visit.day <= day);
      return isActive ? { ...member, ends, came, lastSeen: came.at(-1)?.day ?? toDayNumber(member.joinDate) } : [];
    });
    expect(present.length).toBeGreaterThan(480);

    const lastWeek = share(present.filter(({ lastSeen }) => lastSeen > day - 7).length, present.length);
    expect(lastWeek).toBeGreaterThan(0.3);
    expect(lastWeek).toBeLessThan(0.7);

    const absent = present.filter(({ lastSeen, joinDate }) => Math.max(lastSeen, toDayNumber(joinDate)) <= day - 21);
    expect(absent.length).toBeGreaterThanOrEqual(30);
    expect(absent.length).toBeLessThanOrEqual(125);

    const soon = addDays(today, 14);
    expect(present.filter(({ ends }) => ends !== null && ends <= soon).length).toBeGreaterThanOrEqual(2);
    const bornLike = (on: string) => present.filter(({ birthDate }) => birthDate?.slice(5) === on.slice(5)).length;
    const birthdays = today.endsWith("02-29") ? bornLike("2028-02-28") : bornLike(today);
    expect(birthdays).toBeGreaterThanOrEqual(3);
    expect(birthdays).toBeLessThan(14);
  },
);

test("habits show: one comes on the same days of the week, and in January more than in July", () => {
  const { members, visits } = drawGym("training-club", "2026-11-22");
  const shares = members.flatMap(({ habit }, index) => {
    const routine = new Set(habit.slots.map(({ weekday }) => weekday));
    const came = visits[index] ?? [];
    return came.length > 20 ? came.filter(({ day }) => routine.has(weekdayOf(day))).length / came.length : [];
  });
  expect(shares.length).toBeGreaterThan(250);
  expect(Math.min(...shares)).toBeGreaterThan(0.7);

  const inMonth = (month: number) => visits.flat().filter(({ day }) => monthOf(day) === month).length;
  expect(inMonth(0)).toBeGreaterThan(inMonth(6) * 1.3);
});

test("nobody's address is real, couples share one, and some have none", () => {
  const { members } = drawGym("training-club", "2026-11-22");
  const emails = members.map(({ email }) => email);
  const given = emails.filter((email) => email !== null);
  expect(given.every((email) => /^[a-z0-9.]+@([a-z]+\.)?demo\.example$/.test(email))).toBe(true);
  expect(emails.length - given.length).toBeGreaterThan(10);
  expect(given.length - new Set(given).size).toBeGreaterThan(5);
  for (const consent of [true, false, null]) {
    expect(members.filter(({ emailConsent }) => emailConsent === consent).length).toBeGreaterThan(60);
  }
  expect(new Set(members.map(({ language }) => language))).toEqual(new Set(["de", "en", "fr", "it", null]));
});

test("the same seed and day draw the same gym, another seed another one", () => {
  expect(drawGym("a", "2026-11-22")).toEqual(drawGym("a", "2026-11-22"));
  expect(drawGym("a", "2026-11-22").members[1]).not.toEqual(drawGym("b", "2026-11-22").members[1]);
});
