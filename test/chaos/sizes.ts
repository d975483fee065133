import type { Sizes } from "./faults.ts";
import type { Backend } from "./servers.ts";

const full: Sizes = {
  members: 10_000,
  kills: 200,
  pauses: 50,
  flushes: 10,
  redisKills: 4,
  storms: 13,
  restarts: 2,
  roundMs: 700,
};

const short: Sizes = {
  members: 500,
  kills: 12,
  pauses: 3,
  flushes: 2,
  redisKills: 1,
  storms: 2,
  restarts: 2,
  roundMs: 400,
};

/** Enough for every wait and every kind of step, with a kill now and then. */
export const clockSizes: Sizes = {
  ...short,
  members: 1_000,
  kills: 10,
  pauses: 0,
  flushes: 0,
  redisKills: 0,
  storms: 0,
  restarts: 0,
};

const without = (backend: Backend) => (backend === "redis" ? {} : { flushes: 0, redisKills: 0 });

/** What `npm run chaos` does. Fewer kills come with as many fewer of the other faults. */
export function fullSizes(backend: Backend, { members = full.members, kills = full.kills }: Partial<Sizes>): Sizes {
  const scaled = Object.entries(full).map(([name, count]) => [name, Math.round((count * kills) / full.kills)]);
  return { ...(Object.fromEntries(scaled) as Sizes), roundMs: full.roundMs, members, kills, ...without(backend) };
}

/** What is done after every change. */
export const shortSizes = (backend: Backend): Sizes => ({ ...short, ...without(backend) });
