import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";

/** Ended by itself, in milliseconds, or not at all: longer is what an operator would call hanging. */
const stopWithinMs = 15_000;

export type Member = { process: ChildProcess; isPaused: boolean };

type CrewOptions = {
  /** The bundled process: it says when it is loaded, and then waits for its orders. */
  script: string;
  /** How wrong the clocks of the workers' machines are, in milliseconds, one after the other in turn. */
  clocksOffByMs?: number[];
};

/** Worker processes of one harness. Two more than are at work are kept loaded: a start would take longer than a life. */
export function createCrew<Orders extends object | string>({ script, clocksOffByMs = [0] }: CrewOptions) {
  const atWork = new Set<Member>();
  const crashes: string[] = [];
  const all = new Set<ChildProcess>();
  let loaded = 0;
  const spares = [load(), load()];

  function load(): Promise<ChildProcess> {
    const offByMs = clocksOffByMs[loaded++ % clocksOffByMs.length] ?? 0;
    const child = fork(script, {
      execArgv: offByMs === 0 ? [] : ["--require", path.join(import.meta.dirname, "wrong-clock.cjs")],
      env: { ...process.env, CLOCK_OFF_BY_MS: String(offByMs) },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    all.add(child);
    const ready = new Promise<ChildProcess>((resolve, reject) => {
      child.once("message", () => resolve(child));
      child.once("exit", () => reject(new Error("A worker ended before it was loaded")));
    });
    ready.catch(() => {});
    return ready;
  }

  /** Whoever ends without having been told to has crashed. */
  const isMeant = (member: Member) => !atWork.has(member);

  return {
    atWork,
    crashes,
    async hire(orders: Orders): Promise<Member> {
      spares.push(load());
      const child = await (spares.shift() as Promise<ChildProcess>);
      const member: Member = { process: child, isPaused: false };
      atWork.add(member);
      child.once("exit", (code, signal) => {
        all.delete(child);
        if (!isMeant(member)) {
          atWork.delete(member);
          crashes.push(`${code ?? signal}`);
        }
      });
      child.send(orders);
      return member;
    },
    kill(member: Member): void {
      atWork.delete(member);
      member.process.kill("SIGKILL");
    },
    /** Stops the world of one worker, as a machine that sleeps would. Says whether it woke up again. */
    async pause(member: Member, ms: number): Promise<boolean> {
      member.isPaused = true;
      member.process.kill("SIGSTOP");
      await new Promise((resolve) => setTimeout(resolve, ms));
      member.isPaused = false;
      return atWork.has(member) && member.process.kill("SIGCONT");
    },
    /** Ends a worker in order. Returns how long it took, in milliseconds. */
    async dismiss(member: Member): Promise<number> {
      atWork.delete(member);
      const startedAt = performance.now();
      const ended = ending(member.process);
      member.process.kill("SIGTERM");
      const late = setTimeout(() => member.process.kill("SIGKILL"), stopWithinMs * 2);
      await ended;
      clearTimeout(late);
      return performance.now() - startedAt;
    },
    /** Settles with the signal that ended it, null for none. Its end is no crash. */
    fall(member: Member): Promise<NodeJS.Signals | null> {
      atWork.delete(member);
      return ending(member.process);
    },
    async disband(): Promise<void> {
      atWork.clear();
      const ends = [...all].map((child) => ending(child));
      for (const child of all) {
        child.kill("SIGKILL");
      }
      await Promise.all(ends);
    },
  };
}

function ending(child: ChildProcess): Promise<NodeJS.Signals | null> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve(child.signalCode);
  }
  return new Promise((resolve) => child.once("exit", (_code, signal) => resolve(signal)));
}
