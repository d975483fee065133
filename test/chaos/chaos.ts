import { until } from "../support/until.ts";
import type { Member } from "./crew.ts";
import { type Fault, leaseMs, planFaults, type Sizes } from "./faults.ts";
import { arrive, train } from "./gym.ts";
import { setScene, waitForTheEnd } from "./scene.ts";
import { type Backend, type PostgresServer, persist } from "./servers.ts";

type Options = Sizes & {
  backend: Backend;
  seed: number;
  /** How wrong the clocks of the workers' machines are, in milliseconds, one after the other in turn. */
  clocksOffByMs?: number[];
};

export type Havoc = Awaited<ReturnType<typeof wreakHavoc>>;

const counters = {
  pause: "pauses",
  flush: "flushes",
  redisKill: "redisKills",
  storm: "storms",
  restart: "restarts",
} as const;
const workerCount = 3;
/** All runs must have ended this long after the last fault. */
const endWithinMs = 120_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Members come in waves, and everything that carries them breaks again and again. Answers what became of them. */
export async function wreakHavoc(postgres: PostgresServer, options: Options) {
  const { backend, seed, members, clocksOffByMs } = options;
  const scene = await setScene(postgres, { backend, seed, leaseMs, clocksOffByMs });
  const { db, redis, crew, orders, provider, workflowId } = scene;
  const done = { kills: 0, pauses: 0, flushes: 0, redisKills: 0, storms: 0, restarts: 0 };
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 100) / 10;

  const underWay: Promise<unknown>[] = [];
  // What is done to a server waits for what is done to it already; to different ones it happens at once.
  const servers = { postgres: Promise.resolve(), redis: Promise.resolve() };

  const someoneAwake = () =>
    until(
      () => [...crew.atWork].filter(({ isPaused }) => !isPaused),
      (some) => some.length > 0,
      60_000,
    );
  const choose = (among: Member[], share: number) => among[Math.floor(share * among.length)] as Member;

  async function wreak(fault: Fault): Promise<boolean> {
    switch (fault.kind) {
      case "pause":
        return crew.pause(choose(await someoneAwake(), fault.share), fault.ms);
      case "flush":
        await redis?.flush();
        return true;
      case "redisKill":
        await redis?.killFor(fault.ms);
        return true;
      case "storm":
        await postgres.storm(scene.databaseName);
        return true;
      case "restart":
        await postgres.restart(fault.signal);
        return true;
    }
  }

  const begin = (fault: Fault) => {
    const counted = async () => {
      const isDone = await wreak(fault);
      const what = counters[fault.kind];
      done[what] += isDone ? 1 : 0;
    };
    if (fault.kind === "pause") {
      underWay.push(counted());
    } else {
      const server = fault.kind === "storm" || fault.kind === "restart" ? "postgres" : "redis";
      servers[server] = servers[server].then(counted);
    }
  };

  async function kill(share: number) {
    crew.kill(choose(await someoneAwake(), share));
    done.kills++;
    underWay.push(crew.hire(orders));
  }

  try {
    await Promise.all(Array.from({ length: workerCount }, () => crew.hire(orders)));
    let arrived = 0;
    for (const { upTo, pauseMs, victim, faults } of planFaults(seed, options)) {
      const before = arrived;
      await persist(() => arrive(db, workflowId, before + 1, upTo));
      // Who came with an earlier wave may have notifications and letters on their way by now.
      await persist(() => train(db, before));
      arrived = upTo;
      faults.forEach(begin);
      await pause(pauseMs);
      await kill(victim);
    }
    await Promise.all([...underWay, servers.postgres, servers.redis]);
    const faultSeconds = seconds();
    const timedOut = await waitForTheEnd(db, endWithinMs);
    const allSeconds = seconds();
    const stopMs = await Promise.all([...crew.atWork].map((member) => crew.dismiss(member)));
    return {
      seed,
      seconds: { faults: faultSeconds, all: allSeconds },
      done,
      provider: provider.counts,
      crashes: crew.crashes,
      slowestStopMs: Math.round(Math.max(...stopMs)),
      timedOut,
      verdict: await scene.judge(members),
    };
  } finally {
    await scene.strike();
  }
}

/** Whether nothing at all went wrong. */
export function isFlawless({ verdict, crashes, timedOut, slowestStopMs }: Havoc): boolean {
  const { examples: _, ...counts } = verdict;
  const isClean = Object.values(counts).every((count) => count === 0);
  return isClean && crashes.length === 0 && timedOut === null && slowestStopMs <= 15_000;
}
