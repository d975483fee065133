import { expect, test } from "vitest";
import { failpointPlugin, failpointNames as names } from "./failpoints.ts";
import { arrive, train } from "./gym.ts";
import { flawless } from "./judge.ts";
import { setScene, waitForTheEnd } from "./scene.ts";
import { startPostgres } from "./servers.ts";

const waveSize = 20;
const noFaults = { limited: 0, broken: 0, reset: 0, hanging: 0 };

/**
 * One worker after the other, each with another point to end at. It finds a new wave of members, and what those before
 * it left lying; the last one has no such point and finishes everything.
 */
test(`G2: a worker that ends at any of ${names.length} instructions loses and doubles nothing`, {
  timeout: 900_000,
}, async ({ onTestFinished }) => {
  const postgres = await startPostgres();
  onTestFinished(() => postgres.stop());
  const scene = await setScene(postgres, {
    backend: "redis",
    seed: 1,
    leaseMs: 500,
    providerFaults: noFaults,
    plugins: [failpointPlugin],
  });
  onTestFinished(() => scene.strike());
  const { db, crew, orders, workflowId } = scene;

  const reached: string[] = [];
  let members = 0;
  for (const name of names) {
    await arrive(db, workflowId, members + 1, members + waveSize);
    members += waveSize;
    const worker = await crew.hire({ ...orders, failpoint: name });
    const fall = crew.fall(worker);
    const deadline = Date.now() + 30_000;
    let signal: NodeJS.Signals | null | "alive" = "alive";
    while (signal === "alive" && Date.now() < deadline) {
      await train(db, members);
      signal = await Promise.race([fall, new Promise<"alive">((resolve) => setTimeout(resolve, 100, "alive"))]);
    }
    if (signal === "alive") {
      worker.process.kill("SIGTERM");
      await fall;
    } else if (signal === "SIGKILL") {
      reached.push(name);
    }
  }
  expect(reached).toEqual([...names]);
  await crew.hire(orders);
  expect(await waitForTheEnd(db, 60_000)).toBeNull();
  await Promise.all([...crew.atWork].map((member) => crew.dismiss(member)));
  expect(await scene.judge(members)).toEqual(flawless);
});
