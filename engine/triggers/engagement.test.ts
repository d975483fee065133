import { addDays } from "#lib/calendar";
import { testTable } from "../../test/support/trigger-table.ts";

/** That many visits in each of the weeks, on days that follow each other, the last of them on a day. */
const habit = (visitsAWeek: number, weeks: number, last: string) =>
  Array.from({ length: weeks * visitsAWeek }, (_, visit) =>
    addDays(last, -7 * Math.floor(visit / visitsAWeek) - (visit % visitsAWeek)),
  );

const silentFor = (days: number, lastVisitOn: string | null) => ({
  says: { occurrence: null, facts: { days_inactive: days, last_visit_on: lastVisitOn } },
});

testTable({
  config: { type: "low_engagement", params: {} },
  title: "(30 days)",
  matches: {
    "last here 30 days ago": { visits: ["2026-10-23"], ...silentFor(30, "2026-10-23") },
    "E27: last here 200 days ago, without an occurrence": { visits: ["2026-05-06"], ...silentFor(200, "2026-05-06") },
    "E28: silent again after having come back": {
      visits: ["2026-05-01", "2026-08-01"],
      ...silentFor(113, "2026-08-01"),
    },
    "E25: joined 30 days ago, never here": { joinDate: "2026-10-23", ...silentFor(30, null) },
    "E38: back from a freeze 30 days ago": { visits: ["2026-05-01"], lastFreezeEndedOn: "2026-10-23" },
  },
  misses: {
    "last here 29 days ago": { visits: ["2026-10-24"] },
    "E25: joined 29 days ago, never here": { joinDate: "2026-10-24" },
    "E38: back from a freeze 29 days ago": { visits: ["2026-05-01"], lastFreezeEndedOn: "2026-10-24" },
    "E26: last here in the future": { visits: ["2026-05-01", "2027-05-01"] },
    "nothing is known of": { joinDate: null },
  },
});

testTable({
  config: { type: "low_engagement", params: { inactive_days: 1 } },
  matches: { "last here yesterday": { visits: ["2026-11-21"] } },
  misses: { "here today": { visits: ["2026-11-22"] }, "E26: here tomorrow": { visits: ["2026-11-23"] } },
});

testTable({
  config: { type: "low_engagement", params: { inactive_days: 30, min_activity_level: "high" } },
  matches: {
    "three times a week since they joined": { visits: habit(3, 6, "2026-10-23"), joinDate: "2026-09-12" },
    "five visits in exactly two weeks": {
      visits: ["2026-10-10", "2026-10-11", "2026-10-12", "2026-10-13", "2026-10-23"],
      joinDate: "2026-10-10",
    },
    "three times in the first and only day's week": {
      visits: ["2026-10-21", "2026-10-22", "2026-10-23"],
      joinDate: "2026-10-21",
    },
    // 90 days from 26 July on are 12.86 weeks: 33 visits are 2.57 a week, 32 are 2.49.
    "33 visits in the 90 days before the silence": { visits: habit(3, 11, "2026-10-23") },
  },
  misses: {
    "twice a week since they joined": { visits: habit(2, 6, "2026-10-23"), joinDate: "2026-09-12" },
    "five visits in two weeks and a day": {
      visits: ["2026-10-10", "2026-10-11", "2026-10-12", "2026-10-13", "2026-10-23"],
      joinDate: "2026-10-09",
    },
    "twice in the first and only day's week": { visits: ["2026-10-22", "2026-10-23"], joinDate: "2026-10-22" },
    "32 visits in the 90 days before the silence": { visits: habit(3, 11, "2026-10-23").slice(0, 32) },
    "the 33rd on the day before those 90": {
      visits: [...habit(3, 11, "2026-10-23").slice(0, 32), "2026-07-25"],
    },
    "never here": {},
    "three times a week, and still coming": { visits: habit(3, 6, "2026-11-22"), joinDate: "2026-09-12" },
  },
});

testTable({
  config: { type: "low_engagement", params: { inactive_days: 30, min_activity_level: "medium" } },
  matches: {
    "once a week since they joined": { visits: habit(1, 6, "2026-10-23"), joinDate: "2026-09-12" },
    "once, on the day they joined": { visits: ["2026-10-23"], joinDate: "2026-10-23" },
    "13 times in the 90 days before the silence": { visits: habit(1, 13, "2026-10-23") },
    "once a week; nobody knows when they joined": { visits: habit(1, 13, "2026-10-23"), joinDate: null },
  },
  misses: {
    "12 times in the 90 days before the silence": { visits: habit(1, 12, "2026-10-23") },
    "once, long after they joined": { visits: ["2026-10-23"] },
    "never here": {},
  },
});

const risk = (...risk: { score: number; scoredAt: string; reasons?: string[] }[]) => ({ risk });

testTable({
  config: { type: "high_retention_risk", params: {} },
  title: "(0.7)",
  matches: {
    "E35: 0.7, a minute ago": {
      ...risk({ score: 0.7, scoredAt: "2026-11-22T02:59:00Z", reasons: ["Fewer visits", "No class booked"] }),
      says: { occurrence: null, facts: { risk_score: 0.7, risk_reasons: "Fewer visits, No class booked" } },
    },
    "E34: exactly 7 days ago": {
      ...risk({ score: 0.9, scoredAt: "2026-11-15T03:00:00Z" }),
      says: { facts: { risk_score: 0.9, risk_reasons: null } },
    },
    "risen since": risk(
      { score: 0.1, scoredAt: "2026-11-20T03:00:00Z" },
      { score: 0.8, scoredAt: "2026-11-21T03:00:00Z" },
    ),
    "a minute after the sweep began": risk({ score: 1, scoredAt: "2026-11-22T03:01:00Z" }),
  },
  misses: {
    "E35: 0.69": risk({ score: 0.69, scoredAt: "2026-11-22T02:59:00Z" }),
    "E34: a moment more than 7 days ago": risk({ score: 1, scoredAt: "2026-11-15T02:59:59.999Z" }),
    "E34: no score": {},
    "E34: dated next year": risk({ score: 1, scoredAt: "2027-11-22T03:00:00Z" }),
    "fallen since": risk(
      { score: 0.8, scoredAt: "2026-11-20T03:00:00Z" },
      { score: 0.1, scoredAt: "2026-11-21T03:00:00Z" },
    ),
    "S40: who objected to being scored": {
      ...risk({ score: 1, scoredAt: "2026-11-22T02:59:00Z" }),
      profilingObjectedAt: new Date("2026-11-01T12:00:00Z"),
    },
  },
});

testTable({
  config: { type: "high_retention_risk", params: { risk_score_threshold: 0 } },
  matches: { "no risk at all": risk({ score: 0, scoredAt: "2026-11-22T02:59:00Z" }) },
  misses: { "E34: no score, which is not zero": {} },
});

/** The eight weeks before the last two end on 8 November and begin on 14 September. */
const twiceAWeek = habit(2, 8, "2026-11-08");
const onceAFortnight = ["2026-09-14", "2026-10-01", "2026-10-15", "2026-11-08"];

testTable({
  config: { type: "habit_drop", params: {} },
  title: "(0.5)",
  matches: {
    "once in two weeks instead of twice a week": {
      visits: [...twiceAWeek, "2026-11-09"],
      says: {
        occurrence: null,
        facts: { visits_a_week: 0.5, visits_a_week_before: 2, last_visit_on: "2026-11-09" },
      },
    },
    "not at all": { visits: twiceAWeek, says: { facts: { visits_a_week: 0, visits_a_week_before: 2 } } },
    "four visits in eight weeks, the fewest that are a habit": { visits: onceAFortnight },
    "who joined 61 days ago": { visits: habit(2, 6, "2026-11-08"), joinDate: "2026-09-22" },
    "of whom nobody knows when they joined": { visits: twiceAWeek, joinDate: null },
    "E38: back from a freeze on the day before the two weeks": { visits: twiceAWeek, lastFreezeEndedOn: "2026-11-08" },
    "E26: no visits lately but some in the future": { visits: [...twiceAWeek, "2026-11-23", "2027-01-01"] },
  },
  misses: {
    "twice in two weeks: exactly half": { visits: [...twiceAWeek, "2026-11-09", "2026-11-22"] },
    "as often as ever": { visits: habit(2, 10, "2026-11-22") },
    "three visits in eight weeks, which is no habit": { visits: onceAFortnight.slice(1) },
    "the fourth a day before the eight weeks": { visits: ["2026-09-13", ...onceAFortnight.slice(1)] },
    "E26: the fourth only in the future": { visits: [...onceAFortnight.slice(1), "2026-12-24"] },
    "who joined 60 days ago": { visits: habit(2, 6, "2026-11-08"), joinDate: "2026-09-23" },
    "who has not come for ten weeks: that is low_engagement": { visits: habit(3, 8, "2026-09-13") },
    "never here": {},
    "E38: back from a freeze within the two weeks": { visits: twiceAWeek, lastFreezeEndedOn: "2026-11-09" },
  },
});

testTable({
  config: { type: "habit_drop", params: { max_share: 1 } },
  matches: { "three times in two weeks instead of four": { visits: [...twiceAWeek, ...habit(3, 1, "2026-11-20")] } },
  misses: { "as often as ever": { visits: habit(2, 10, "2026-11-22") } },
});
