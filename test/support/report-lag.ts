import { monitorEventLoopDelay } from "node:perf_hooks";

export type Lag = { p99Ms: number; maxMs: number };

/** Loaded before a process that was forked: tells whoever asks how late its event loop has been since it was last asked. */
const delays = monitorEventLoopDelay({ resolution: 5 });
delays.enable();
process.on("message", (word) => {
  if (word === "lag") {
    process.send?.({ p99Ms: delays.percentile(99) / 1e6, maxMs: delays.max / 1e6 } satisfies Lag);
    delays.reset();
  }
});
