import { expect, test } from "vitest";
import type { complaintWatch } from "#db/schema/index";
import { describeComplaints } from "./describe-complaints.ts";

const clock = { now: new Date("2026-11-22T11:00:00Z"), today: "2026-11-22", timeZone: "Europe/Zurich" };
type Watch = typeof complaintWatch.$inferSelect;
const quiet: Watch = {
  ...{ id: 1, complaints: 0, sends: 0, countedAt: null, toldLevel: "fine", pausedAt: null, resumedAt: null },
  ...{ postmasterPercent: null, postmasterReadOn: null },
};
const shown = (change: Partial<Watch>) => describeComplaints({ ...quiet, ...change }, clock);

test.for<[string, Partial<Watch>, string, string]>([
  ["nobody", {}, "fine", "No spam complaint about marketing email in 7 days."],
  [
    "somebody among few",
    { complaints: 2, sends: 120 },
    "fine",
    "2 spam complaints about marketing email in 7 days, of too few to make a rate.",
  ],
  [
    "somebody among many",
    { complaints: 1, sends: 1_001 },
    "fine",
    "1 spam complaint about marketing email in 7 days, less than 0.1 %.",
  ],
  [
    "not quite too many",
    { complaints: 29, sends: 10_000 },
    "warning",
    "29 spam complaints about 10,000 marketing emails in 7 days: 0.29 %.",
  ],
  [
    "almost too many",
    { complaints: 2_999, sends: 1_000_000 },
    "warning",
    "2,999 spam complaints about 1,000,000 marketing emails in 7 days: 0.29 %.",
  ],
  [
    "Google alone",
    { postmasterPercent: 0.1, postmasterReadOn: "2026-11-16" },
    "warning",
    "No spam complaint about marketing email in 7 days. Google says 0.1 %, read 16 Nov 2026.",
  ],
  [
    "Google, too long ago",
    { postmasterPercent: 0.5, postmasterReadOn: "2026-11-15" },
    "fine",
    "No spam complaint about marketing email in 7 days.",
  ],
])("S38: what stands above the messages when %s complains", ([, change, level, figures]) => {
  expect(shown(change)).toMatchObject({ level, figures });
});

test("S38: a pause says since when, whatever the figures say by now", () => {
  expect(shown({ pausedAt: new Date("2026-11-21T05:30:00Z") })).toMatchObject({
    level: "paused",
    headline: "Marketing email is paused since yesterday, 06:30.",
  });
});
