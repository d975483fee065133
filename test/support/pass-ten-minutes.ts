/** Loaded before a process that was forked: its timers of ten minutes are over as soon as it is told so. */
const { setTimeout: setRealTimeout } = globalThis;
const waiting = new Map<NodeJS.Timeout, () => void>();

const setAnyTimeout = (work: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
  const timer = setRealTimeout(work, ms, ...args);
  if (ms === 10 * 60_000) {
    waiting.set(timer, () => work(...args));
  }
  return timer;
};
globalThis.setTimeout = Object.assign(setAnyTimeout, setRealTimeout) as typeof setTimeout;

process.on("message", (word) => {
  if (word === "ten minutes pass") {
    process.send?.(waiting.size);
    for (const [timer, work] of waiting) {
      waiting.delete(timer);
      clearTimeout(timer);
      work();
    }
  }
});
