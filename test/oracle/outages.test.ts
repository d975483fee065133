import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { sweepIfDue } from "#engine/sweep";
import { test } from "../support/database.ts";
import { isLong, seed } from "../support/size.ts";
import { endRuns } from "./compare.ts";
import { dayAt, instantOf, wallClock } from "./days.ts";
import { judgeRuns, type Outages, openGym, playOutages } from "./outages.ts";

/** Around clock changes: Zurich's hour from 2 to 3, Santiago's and Cairo's midnights, missing and coming twice. */
const short: Pick<Outages, "timeZone" | "sweepTime" | "firstDay" | "upOn">[] = [
  { timeZone: "Europe/Zurich", sweepTime: "02:30", firstDay: "2027-03-10", upOn: "2027-03-28" },
  { timeZone: "Europe/Zurich", sweepTime: "02:30", firstDay: "2026-10-07", upOn: "2026-10-25" },
  { timeZone: "Europe/Zurich", sweepTime: "04:00", firstDay: "2026-12-10", upOn: "2026-12-31" },
  { timeZone: "America/Santiago", sweepTime: "00:00", firstDay: "2027-08-20", upOn: "2027-09-05" },
  { timeZone: "America/Santiago", sweepTime: "23:30", firstDay: "2027-03-20", upOn: "2027-04-03" },
  { timeZone: "Africa/Cairo", sweepTime: "00:00", firstDay: "2027-04-12", upOn: "2027-04-30" },
];

const long = ["Europe/Zurich", "America/Santiago", "Africa/Cairo"].flatMap((timeZone) =>
  ["00:00", "02:30", "04:00"].map((sweepTime) => ({ timeZone, sweepTime, firstDay: "2026-01-01" })),
);

const size = isLong ? { days: 800, members: 1000 } : { days: 40, members: 100 };

for (const where of isLong ? long : short) {
  const { timeZone, sweepTime, firstDay } = where;
  test(`E5, E6, E7, E8, E10, G7: ${size.days} days from ${firstDay} in ${timeZone}, swept at ${sweepTime} (seed ${seed})`, {
    timeout: 1_800_000,
  }, async ({ database: { db } }) => {
    const { wrong, runs, late } = await playOutages(db, { ...where, ...size, seed });
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(runs).toBeGreaterThan(size.members / 3);
    expect(isLong ? late : 1).toBeGreaterThan(0);
  });
}

test("the oracle's own clock knows hours that do not exist and hours that come twice", () => {
  const at = (day: string, time: string, zone: string) => instantOf(day, time, zone).toISOString();
  expect(at("2027-03-28", "02:30", "Europe/Zurich")).toBe("2027-03-28T01:00:00.000Z");
  expect(at("2026-10-25", "02:30", "Europe/Zurich")).toBe("2026-10-25T00:30:00.000Z");
  expect(at("2027-09-05", "00:00", "America/Santiago")).toBe("2027-09-05T04:00:00.000Z");
  expect(wallClock(new Date("2027-09-05T04:00:00Z"), "America/Santiago")).toBe("2027-09-05 01:00:00");
});

/** The dateline lies between them: their calendars are a day apart for 23 hours of 24. */
const jumps = ["Pacific/Apia", "Pacific/Honolulu"].flatMap((from) =>
  ["02:00", "13:00"].map((time) => ({
    from,
    to: from === "Pacific/Apia" ? "Pacific/Honolulu" : "Pacific/Apia",
    time,
  })),
);

test.for(jumps)(
  "E16: a gym that moves from $from to $to at $time sweeps no date twice and leaves nobody out",
  async ({ from, to, time }, { database: { db } }) => {
    const firstDay = "2026-11-01";
    const outages = { timeZone: from, sweepTime: "04:00", firstDay, days: 30, members: 120, seed };
    const { gym, start } = await openGym(db, outages);
    const movesAt = instantOf("2026-11-10", time, from);
    const sweptOn = new Map<string, Date>();
    let timeZone = from;
    for (let hour = 0; hour < 40 * 24; hour += 2) {
      const now = new Date(start.getTime() + hour * 3_600_000);
      if (now >= movesAt && timeZone === from) {
        timeZone = to;
        await db.execute(sql`update gym_settings set time_zone = ${to}`);
      }
      const clock = { now, today: dayAt(now, timeZone), timeZone };
      if ((await sweepIfDue(db, clock)).length > 0) {
        expect(sweptOn.has(clock.today)).toBe(false);
        sweptOn.set(clock.today, now);
        await endRuns(db, gym.workflows, clock);
      }
    }
    expect((await judgeRuns(db, gym, outages, sweptOn)).wrong).toEqual([]);
  },
);
