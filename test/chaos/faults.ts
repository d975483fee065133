import { createRandom } from "./random.ts";

/** How many of each fault fall into one run of the test. */
export type Sizes = {
  members: number;
  /** Workers killed: one a round, each round with a wave of members before it. */
  kills: number;
  /** Workers stopped for longer than their lease, and let go on. */
  pauses: number;
  /** Redis emptied, and killed for 0.5 to 2 s. */
  flushes: number;
  redisKills: number;
  /** All connections of the application cut, several times in a row. */
  storms: number;
  /** PostgreSQL restarted, every second time as by a power cut. */
  restarts: number;
  /** How long a round lasts on average, in milliseconds. */
  roundMs: number;
};

export type Round = {
  /** The last member who has come once it begins. */
  upTo: number;
  /** From its beginning to the kill. */
  pauseMs: number;
  /** Which worker dies, as a share of those there are. */
  victim: number;
  faults: Fault[];
};

export type Fault =
  | { kind: "pause"; share: number; ms: number }
  | { kind: "flush" }
  | { kind: "redisKill"; ms: number }
  | { kind: "storm" }
  | { kind: "restart"; signal: "SIGINT" | "SIGQUIT" };

/** Longer than a lease, in milliseconds. */
export const leaseMs = 2_500;

/** Everything that happens and when, drawn from the seed alone. */
export function planFaults(seed: number, sizes: Sizes): Round[] {
  const random = createRandom(seed);
  const rounds = Array.from(
    { length: sizes.kills },
    (_, index): Round => ({
      upTo: Math.floor((sizes.members * (index + 1)) / sizes.kills),
      pauseMs: random() * 2 * sizes.roundMs,
      victim: random(),
      faults: [],
    }),
  );
  const scatter = (count: number, draw: (index: number) => Fault) => {
    for (let index = 0; index < count; index++) {
      // One in each equal part, somewhere: none falls into the last moment, when nothing is left to be lost.
      const place = Math.floor(((index + random()) / count) * rounds.length);
      rounds[place]?.faults.push(draw(index));
    }
  };
  scatter(sizes.pauses, () => ({ kind: "pause", share: random(), ms: leaseMs * (1.2 + random()) }));
  scatter(sizes.flushes, () => ({ kind: "flush" }));
  scatter(sizes.redisKills, () => ({ kind: "redisKill", ms: 500 + random() * 1_500 }));
  scatter(sizes.storms, () => ({ kind: "storm" }));
  scatter(sizes.restarts, (index) => ({ kind: "restart", signal: index % 2 === 0 ? "SIGINT" : "SIGQUIT" }));
  return rounds;
}
