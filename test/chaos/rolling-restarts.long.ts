import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { arrive, train } from "./gym.ts";
import { flawless } from "./judge.ts";
import { setScene, waitForTheEnd } from "./scene.ts";
import { startPostgres } from "./servers.ts";

const restarts = 50;
const waveSize = 40;

test.for(["redis", "postgres"] as const)(
  `G22: ${restarts} restarts in order, under load, leave no lease and lose nothing, on %s`,
  {
    timeout: 600_000,
  },
  async (backend, { onTestFinished }) => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop());
    const scene = await setScene(postgres, { backend, seed: 1, leaseMs: 30_000 });
    onTestFinished(() => scene.strike());
    const { db, crew, orders, workflowId } = scene;

    const stopMs: number[] = [];
    for (let round = 0; round < restarts; round++) {
      // The only one at work: a lease that is left can be of nobody else.
      const worker = await crew.hire(orders);
      await arrive(db, workflowId, round * waveSize + 1, (round + 1) * waveSize);
      await train(db, round * waveSize);
      await new Promise((resolve) => setTimeout(resolve, 200 + ((round * 137) % 700)));
      stopMs.push(await crew.dismiss(worker));
      const { rows } = await db.execute(sql`
      select 1 from workflow_runs where lease_until > clock_timestamp()
      union all select 1 from communication_logs where lease_until > clock_timestamp()`);
      expect(rows).toEqual([]);
    }
    expect(Math.max(...stopMs)).toBeLessThanOrEqual(15_000);

    await crew.hire(orders);
    expect(await waitForTheEnd(db, 120_000)).toBeNull();
    await Promise.all([...crew.atWork].map((member) => crew.dismiss(member)));
    expect(await scene.judge(restarts * waveSize)).toEqual(flawless);
    expect(crew.crashes).toEqual([]);
  },
);
