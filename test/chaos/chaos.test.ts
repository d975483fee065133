import { expect, test } from "vitest";
import { wreakHavoc } from "./chaos.ts";
import { flawless } from "./judge.ts";
import { startPostgres } from "./servers.ts";
import { fullSizes, shortSizes } from "./sizes.ts";

const seed = Number(process.env.CHAOS_SEED ?? 1);
const isLong = process.env.TEST_SIZE === "long";

// Mostly waiting for leases and retries, the short ones go side by side.
const sideBySide = isLong ? test : test.concurrent;

sideBySide.for(["redis", "postgres"] as const)(
  `G1, G3, G11, G18, G19, G21: whatever breaks, nothing is lost and nothing comes twice, on %s (CHAOS_SEED=${seed})`,
  { timeout: isLong ? 900_000 : 240_000 },
  async (backend, { onTestFinished }) => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop());
    const sizes = isLong ? fullSizes(backend, {}) : shortSizes(backend);
    const { verdict, done, crashes, timedOut, slowestStopMs } = await wreakHavoc(postgres, { ...sizes, backend, seed });
    expect(verdict).toEqual(flawless);
    expect({ crashes, timedOut }).toEqual({ crashes: [], timedOut: null });
    expect(slowestStopMs).toBeLessThanOrEqual(15_000);
    const { members: _, roundMs: __, ...planned } = sizes;
    expect(done).toMatchObject(planned);
  },
);
