import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, expect } from "@playwright/test";
import { findFreePort } from "../scripts/embedded-postgres.ts";
import { startRedis } from "../test/support/redis.ts";
import { until } from "../test/support/until.ts";
import { openOwnGym } from "./own-gym.ts";
import { signInByHand } from "./sign-in.ts";
import { test } from "./test.ts";

test("G27: with Redis away, from the start or from some time on, everything can be saved and is answered", async ({
  browser,
}) => {
  // A minute of it is spent without Redis.
  test.setTimeout(240_000);
  const gym = await openGym();
  try {
    await gym.untilQueueIs("degraded");
    const save = await learnToSave(browser, gym.server);
    await expectQuickSaves(gym, save, "Redis away from the start");

    await gym.startRedis();
    await gym.untilQueueIs("ok");
    await gym.killRedis();
    const killedAt = Date.now();
    await gym.untilQueueIs("degraded");
    for (const seconds of [0, 20, 40, 60]) {
      await sleep(killedAt + seconds * 1_000 - Date.now());
      await expectQuickSaves(gym, save, `Redis killed ${seconds} s ago`);
    }

    await gym.startRedis();
    await gym.untilQueueIs("ok");
  } finally {
    await gym.stop();
  }
});

type Gym = Awaited<ReturnType<typeof openGym>>;

/** Web and worker of the test's own, told of a Redis that is not there yet. */
async function openGym() {
  const redisPort = await findFreePort();
  const { server, query, stop } = await openOwnGym({ REDIS_URL: `redis://127.0.0.1:${redisPort}` });
  const ask = (path: string) =>
    fetch(`${server}${path}`).then(
      async (response) => ({ code: response.status, ...((await response.json()) as { queue?: string }) }),
      () => null,
    );
  let redis: Awaited<ReturnType<typeof startRedis>> | undefined;
  return {
    ...{ server, ask },
    async startRedis() {
      redis = await startRedis(redisPort);
    },
    killRedis: () => redis?.stop("SIGKILL"),
    untilQueueIs: (state: string) =>
      until(
        () => ask("/readyz"),
        (answer) => answer?.queue === state,
        30_000,
      ),
    untilAllAnswered: () =>
      until(
        () => query<{ open: number }>("select count(*)::int as open from requests where finished_at is null"),
        ([row]) => row?.open === 0,
      ),
    async stop() {
      await stop();
      await redis?.stop();
    },
  };
}

/** "Run now", of all that is saved what would most like to ring a worker; asked for as the page asks for it. */
async function learnToSave(browser: Browser, server: string) {
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await signInByHand(page, "admin", "/admin/workflows");
  const asked = page.waitForRequest((request) => request.headers()["next-action"] !== undefined);
  await page.getByRole("button", { name: "Run Membership is about to end now" }).click();
  const request = await asked;
  const { "next-action": action = "", "content-type": type = "" } = request.headers();
  const headers = { "next-action": action, "content-type": type, origin: server };
  const data = request.postData() ?? "";
  await page.close();
  return () => context.request.post("/admin/workflows", { headers, data });
}

type Save = Awaited<ReturnType<typeof learnToSave>>;

const saves = 20;
const slowestMs = 500;

async function expectQuickSaves(gym: Gym, save: Save, when: string) {
  let p95 = await timeSaves(save);
  // Neighbours that crowd the machine make saves slower; those that wait for a queue are slow each time.
  for (let again = 0; again < 2 && p95 > slowestMs; again++) {
    p95 = await timeSaves(save);
  }
  console.log(`${when}: p95 of ${saves} saves ${Math.round(p95)} ms`);
  expect(p95).toBeLessThanOrEqual(slowestMs);
  expect(await gym.ask("/healthz")).toMatchObject({ code: 200 });
  expect(await gym.ask("/readyz")).toMatchObject({ code: 200, queue: "degraded" });
  await gym.untilAllAnswered();
}

/** The 95th of a hundred, in milliseconds. */
async function timeSaves(save: Save): Promise<number> {
  const took: number[] = [];
  for (let number = 0; number < saves; number++) {
    const begun = performance.now();
    const answer = await save();
    took.push(performance.now() - begun);
    expect(await answer.text()).toContain('"ok":true');
  }
  return took.sort((a, b) => a - b)[Math.ceil(saves * 0.95) - 1] ?? Number.POSITIVE_INFINITY;
}
