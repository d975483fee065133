import { testTable } from "../../test/support/trigger-table.ts";

const endsOn = (expiresOn: string, daysLeft?: number) => ({
  expiresOn,
  says: {
    occurrence: `expires:${expiresOn}`,
    ...(daysLeft !== undefined && { facts: { expires_on: expiresOn, days_left: daysLeft } }),
  },
});

testTable({
  config: { type: "membership_expiry_upcoming", params: {} },
  title: "(14 days)",
  matches: {
    "ends today": endsOn("2026-11-22", 0),
    "ends in 14 days": endsOn("2026-12-06", 14),
    "E9: ends in 11 days: three nights were missed": endsOn("2026-12-03", 11),
    "E37: of two memberships, the last one ends in 10 days": {
      memberships: [
        { startsOn: "2025-01-01", endsOn: "2026-11-25" },
        { startsOn: "2026-01-01", endsOn: "2026-12-02" },
      ],
      says: { occurrence: "expires:2026-12-02" },
    },
  },
  misses: {
    "ended yesterday": { expiresOn: "2026-11-21" },
    "ends in 15 days": { expiresOn: "2026-12-07" },
    "never ends": {},
    "E37: of two memberships, one ends and the next does not": {
      memberships: [
        { startsOn: "2025-01-01", endsOn: "2026-11-25" },
        { startsOn: "2026-11-26", endsOn: "2027-11-25" },
      ],
    },
    "E37: of two memberships, one never ends": {
      memberships: [
        { startsOn: "2025-01-01", endsOn: "2026-11-25" },
        { startsOn: "2026-01-01", endsOn: null },
      ],
    },
  },
});

testTable({
  config: { type: "membership_expiry_upcoming", params: { days_before: 0 } },
  matches: { "ends today": endsOn("2026-11-22", 0) },
  misses: { "ends tomorrow": { expiresOn: "2026-11-23" } },
});

testTable({
  config: { type: "membership_expiry_upcoming", params: { days_before: 14, min_days_left: 3 } },
  matches: { "ends in 3 days": endsOn("2026-11-25", 3), "ends in 14 days": endsOn("2026-12-06", 14) },
  misses: { "ends in 2 days": { expiresOn: "2026-11-24" }, "ends in 15 days": { expiresOn: "2026-12-07" } },
});

testTable({
  config: { type: "membership_expiry_upcoming", params: { days_before: 5, min_days_left: 5 } },
  matches: { "ends in 5 days": endsOn("2026-11-27", 5) },
  misses: { "ends in 4 days": { expiresOn: "2026-11-26" }, "ends in 6 days": { expiresOn: "2026-11-28" } },
});

testTable({
  config: { type: "membership_expiry_upcoming", params: { days_before: 3 } },
  title: "over 29 February",
  today: "2028-02-26",
  matches: { "ends on 29 February": endsOn("2028-02-29", 3) },
  misses: { "E4: ends on 1 March": { expiresOn: "2028-03-01" } },
});

testTable({
  config: { type: "membership_expiry_upcoming", params: {} },
  title: "asked for the missed days",
  days: { first: "2026-11-08", last: "2026-11-21" },
  matches: {
    "E10: ended two days ago": endsOn("2026-11-20", -2),
    "ended 14 days ago": endsOn("2026-11-08"),
    "ended yesterday": endsOn("2026-11-21"),
  },
  misses: { "ended 15 days ago": { expiresOn: "2026-11-07" }, "ends today": { expiresOn: "2026-11-22" } },
});

const endedOn = (expiresOn: string, days?: number) => ({
  expiresOn,
  says: {
    occurrence: `expired:${expiresOn}`,
    ...(days !== undefined && { facts: { expired_on: expiresOn, days_since_end: days } }),
  },
});

testTable({
  config: { type: "membership_expired", params: {} },
  title: "(7 days)",
  matches: {
    "ended 7 days ago": endedOn("2026-11-15", 7),
    "ended 14 days ago": endedOn("2026-11-08", 14),
    "cancelled, and ended 7 days ago": { ...endedOn("2026-11-15"), status: "cancelled" },
    "E37: the last of two ended 7 days ago": {
      memberships: [
        { startsOn: "2025-01-01", endsOn: "2026-01-31" },
        { startsOn: "2026-02-01", endsOn: "2026-11-15" },
      ],
      says: { occurrence: "expired:2026-11-15" },
    },
  },
  misses: {
    "ended 6 days ago": { expiresOn: "2026-11-16" },
    "ended 15 days ago": { expiresOn: "2026-11-07" },
    "cancelled without an end date": { status: "cancelled" },
    "cancelled, ends next week": { status: "cancelled", expiresOn: "2026-11-29" },
    "E36: ended 7 days ago, and renewed": {
      memberships: [
        { startsOn: "2025-01-01", endsOn: "2026-11-15" },
        { startsOn: "2026-11-20", endsOn: "2027-11-19" },
      ],
    },
    "erased since": { expiresOn: "2026-11-15", erasedAt: new Date("2026-11-20T12:00:00Z") },
    "paused by themselves": { expiresOn: "2026-11-15", pausedUntil: "2026-11-22" },
  },
});

testTable({
  config: { type: "membership_expired", params: { days_after: 1 } },
  matches: { "ended yesterday": endedOn("2026-11-21", 1), "ended 8 days ago": endedOn("2026-11-14", 8) },
  misses: { "ends today": { expiresOn: "2026-11-22" }, "ended 9 days ago": { expiresOn: "2026-11-13" } },
});

testTable({
  config: { type: "membership_expired", params: {} },
  title: "asked for the missed days",
  days: { first: "2026-11-08", last: "2026-11-14" },
  matches: { "the first of them": endedOn("2026-11-01"), "the last of them": endedOn("2026-11-07") },
  misses: { "a day before": { expiresOn: "2026-10-31" }, "a day after": { expiresOn: "2026-11-08" } },
});
