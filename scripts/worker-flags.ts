/**
 * What a worker's Node is told besides: no text becomes code, and no object's prototype is reached through
 * `__proto__`. A worker fills in texts that people wrote. `npm run worker` says the same.
 */
export const workerFlags = ["--disable-proto=throw", "--disallow-code-generation-from-strings"];

/** The arguments for Node before a script of ours. */
export const execArgvFor = (script: string): string[] => [
  ...(script === "worker/main.ts" ? workerFlags : []),
  ...["--import", "tsx"],
];
