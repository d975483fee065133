import path from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { deliverDue } from "#messaging/deliver";
import { createResend } from "#messaging/providers/resend";
import { resendKey, startResendServer } from "../support/resend-server.ts";
import { isLong } from "../support/size.ts";
import { until } from "../support/until.ts";
import { connectAnother, countStates, createOwingGym, deliveryOptions, later, nextDue, noon } from "./gym.ts";

const limit = 2;

/** Who counts shares the machine with all the others: what is sent on time may be read late. */
const lagMs = 200;

test("G10: four workers together never exceed the account's rate", { timeout: 400_000 }, async () => {
  const seconds = isLong ? 300 : 8;
  const requests = Math.floor((seconds * limit) / 1.2);
  const { database, db } = await createOwingGym(requests * 3);
  const witnessFile = path.join(inject("scratchDirectory"), "rate.jsonl");
  const server = await startResendServer({ witnessFile, requestsPerSecond: isLong ? limit : undefined });
  onTestFinished(server.stop);
  // Few messages a request: it is the requests that are counted.
  const provider = {
    ...createResend({ apiKey: resendKey, baseUrl: server.url, requestsPerSecond: limit }),
    batchSize: 3,
  };
  const workers = [db, ...Array.from({ length: 3 }, () => connectAnother(database.url))];
  const began = performance.now();
  const readClock = () => later(noon, performance.now() - began);
  const work = async (worker: typeof db) => {
    await deliverDue(worker, readClock, deliveryOptions(provider));
    return nextDue(worker);
  };
  await Promise.all(
    workers.map((worker) =>
      until(
        () => work(worker),
        (due) => due === null,
        2_000 * seconds,
      ),
    ),
  );

  const times = server.requests.map(({ at }) => at);
  const tooMany = times.filter((at, index) => (times[index + limit] ?? Number.POSITIVE_INFINITY) - at < 1_000 - lagMs);
  expect(tooMany).toEqual([]);
  const refused = server.requests.filter(({ status }) => status === 429);
  expect(refused.length).toBeLessThan(times.length / 100);
  expect(await countStates(db)).toEqual({ sent: requests * 3 });
  const took = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
  expect(took).toBeLessThan((requests / limit) * 1.5 + 2);
});

test("E76: after 'too fast, come back in 30 s' nobody comes back before, and no try is counted", async () => {
  const { database, db } = await createOwingGym(20);
  const witnessFile = path.join(inject("scratchDirectory"), "retry-after.jsonl");
  const server = await startResendServer({ witnessFile });
  onTestFinished(server.stop);
  const provider = {
    ...createResend({ apiKey: resendKey, baseUrl: server.url, requestsPerSecond: 1000 }),
    batchSize: 5,
  };
  server.refuse({ status: 429, name: "rate_limit_exceeded", message: "Too fast", retryAfter: 30 });
  await deliverDue(db, () => noon, deliveryOptions(provider));
  expect(server.requests).toHaveLength(1);
  server.refuse(null);
  const workers = [db, connectAnother(database.url)];
  const comeBack = (ms: number) =>
    Promise.all(workers.map((worker) => deliverDue(worker, () => later(noon, ms), deliveryOptions(provider))));
  await comeBack(29_900);
  expect(server.requests).toHaveLength(1);
  await comeBack(35_000);
  expect(await countStates(db)).toEqual({ sent: 20 });
  expect(server.taken()).toHaveLength(20);
});
