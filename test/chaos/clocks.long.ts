import { expect, test } from "vitest";
import { wreakHavoc } from "./chaos.ts";
import { flawless } from "./judge.ts";
import { startPostgres } from "./servers.ts";
import { clockSizes } from "./sizes.ts";

const minute = 60_000;

// The judge also measures every wait on the database's clock: one that a fast worker cut short counts as out of order.
test("G20: workers ten minutes ahead, ten behind and a day ahead lose, double and hurry nothing", {
  timeout: 300_000,
}, async ({ onTestFinished }) => {
  const postgres = await startPostgres();
  onTestFinished(() => postgres.stop());
  const clocksOffByMs = [10 * minute, -10 * minute, 24 * 60 * minute];
  const havoc = await wreakHavoc(postgres, { ...clockSizes, backend: "redis", seed: 1, clocksOffByMs });
  expect(havoc).toMatchObject({ verdict: flawless, crashes: [], timedOut: null });
});
