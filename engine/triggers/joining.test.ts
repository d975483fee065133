import { expect } from "vitest";
import { test } from "../../test/support/database.ts";
import { testTable } from "../../test/support/trigger-table.ts";
import type { Trigger } from "../define.ts";
import { triggers } from "./index.ts";

const joined = (joinDate: string) => ({
  joinDate,
  says: { occurrence: `joined:${joinDate}`, facts: { joined_on: joinDate } },
});

testTable({
  config: { type: "new_member_welcome", params: {} },
  title: "(1 day)",
  matches: {
    yesterday: joined("2026-11-21"),
    "E12: three days ago, nights were missed": joined("2026-11-19"),
    "E12: 8 days ago": joined("2026-11-14"),
  },
  misses: {
    today: { joinDate: "2026-11-22" },
    tomorrow: { joinDate: "2026-11-23" },
    "E12: 9 days ago": { joinDate: "2026-11-13" },
    "nobody knows when": { joinDate: null },
  },
});

testTable({
  config: { type: "new_member_welcome", params: { days_since_join: 0 } },
  matches: { today: joined("2026-11-22"), "7 days ago": joined("2026-11-15") },
  misses: { tomorrow: { joinDate: "2026-11-23" }, "8 days ago": { joinDate: "2026-11-14" } },
});

testTable({
  config: { type: "new_member_welcome", params: { days_since_join: 30 } },
  title: "over 29 February",
  today: "2028-03-30",
  matches: { "30 days ago": joined("2028-02-29"), "37 days ago": joined("2028-02-22") },
  misses: { "29 days ago": { joinDate: "2028-03-01" }, "38 days ago": { joinDate: "2028-02-21" } },
});

testTable({
  config: { type: "new_member_welcome", params: {} },
  title: "asked for the missed days",
  days: { first: "2026-11-08", last: "2026-11-14" },
  matches: { "the first of them": joined("2026-11-07"), "the last of them": joined("2026-11-13") },
  misses: { "a day before": { joinDate: "2026-11-06" }, "a day after": { joinDate: "2026-11-14" } },
});

test("a welcome without a wait starts the moment the member is entered, another does not", () => {
  const { startsOn }: Trigger = triggers.get("new_member_welcome");
  expect(startsOn?.({ days_since_join: 0 })).toEqual(["joined"]);
  expect(startsOn?.({ days_since_join: 1 })).toEqual([]);
});

const neverCame = (joinDate: string, days: number) => ({
  joinDate,
  says: { occurrence: `no_first_visit:${joinDate}`, facts: { joined_on: joinDate, days_since_join: days } },
});

testTable({
  config: { type: "no_first_visit", params: {} },
  title: "(14 days)",
  matches: {
    "joined 14 days ago": neverCame("2026-11-08", 14),
    "joined 21 days ago": neverCame("2026-11-01", 21),
    "E26: a first visit in the future is none yet": { ...neverCame("2026-11-08", 14), visits: ["2026-11-23"] },
  },
  misses: {
    "joined 13 days ago": { joinDate: "2026-11-09" },
    "joined 22 days ago": { joinDate: "2026-10-31" },
    "came the day they joined": { joinDate: "2026-11-08", visits: ["2026-11-08"] },
    "came today": { joinDate: "2026-11-08", visits: ["2026-11-22"] },
    "nobody knows when they joined": { joinDate: null },
  },
});

testTable({
  config: { type: "no_first_visit", params: {} },
  title: "asked for the missed days",
  days: { first: "2026-11-08", last: "2026-11-14" },
  matches: {
    "the first of them": neverCame("2026-10-25", 28),
    "the last of them": neverCame("2026-10-31", 22),
    "came only after that day": { ...neverCame("2026-10-31", 22), visits: ["2026-11-15"] },
  },
  misses: {
    "a day before": { joinDate: "2026-10-24" },
    "a day after": { joinDate: "2026-11-01" },
    "came on that day": { joinDate: "2026-10-31", visits: ["2026-11-14"] },
  },
});

const came = (...visits: string[]) => ({
  visits,
  says: { occurrence: "first_visit", facts: { first_visit_on: visits[0] } },
});

testTable({
  config: { type: "first_visit", params: {} },
  matches: {
    today: came("2026-11-22"),
    "3 days ago, and since": came("2026-11-19", "2026-11-20", "2026-11-22"),
    "E26: today, and in the future": came("2026-11-22", "2027-01-01"),
  },
  misses: {
    "4 days ago": { visits: ["2026-11-18"] },
    "in the future": { visits: ["2026-11-23"] },
    "today, and once before": { visits: ["2026-11-22", "2025-01-01"] },
    never: {},
  },
});

testTable({
  config: { type: "first_visit", params: {} },
  title: "asked for the missed days",
  days: { first: "2026-11-08", last: "2026-11-18" },
  matches: { "the first of them": came("2026-11-08"), "the last of them": came("2026-11-18") },
  misses: { "a day before": { visits: ["2026-11-07"] }, "a day after": { visits: ["2026-11-19"] } },
});

test("a first visit is answered the moment it is known", () => {
  const { startsOn }: Trigger = triggers.get("first_visit");
  expect(startsOn?.({})).toEqual(["visited"]);
});
