import { expect, test } from "vitest";
import { isSessionAlive } from "./session-lifetime.ts";

const start = new Date("2026-11-22T08:00:00Z");
const after = (hours: number) => new Date(start.getTime() + hours * 3_600_000);
const day = 24;

test.each([
  ["admin", 12, 7 * day],
  ["staff", 12, 7 * day],
  ["member", 30 * day, 90 * day],
] as const)(
  "a session of %s ends %i hours after it was last seen, and after %i at the latest",
  (role, idle, absolute) => {
    const alive = (seen: number, now: number) =>
      isSessionAlive({ startedAt: start, seenAt: after(seen), role }, after(now));
    expect(alive(0, idle - 0.01)).toBe(true);
    expect(alive(0, idle)).toBe(false);
    expect(alive(absolute - 1, absolute - 0.01)).toBe(true);
    expect(alive(absolute - 1, absolute)).toBe(false);
  },
);
