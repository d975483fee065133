import type { Role } from "./viewer.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const staff = { idleMs: 12 * hourMs, absoluteMs: 7 * dayMs };
const limits = { admin: staff, staff, member: { idleMs: 30 * dayMs, absoluteMs: 90 * dayMs } };

type Session = { startedAt: Date; seenAt: Date; role: Role };

/** Whether a session still counts: not idle for too long, and not too old however busy. */
export function isSessionAlive({ startedAt, seenAt, role }: Session, now: Date): boolean {
  const { idleMs, absoluteMs } = limits[role];
  return now.getTime() - seenAt.getTime() < idleMs && now.getTime() - startedAt.getTime() < absoluteMs;
}
