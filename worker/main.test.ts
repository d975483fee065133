import { expect, test } from "vitest";
import { brokenEnv } from "../test/support/broken-env.ts";
import { runQuickly } from "../test/support/run-script.ts";

const runWorker = (env: Record<string, string>) => runQuickly("worker/main.ts", env);

test("a worker with nothing set names all that is missing, at once", async () => {
  const { code, out, error, busySeconds } = await runWorker({});
  expect(code).toBe(1);
  expect(error).toBe("The worker cannot start: DATABASE_URL is not set; APP_URL is not set; AUTH_SECRET is not set\n");
  expect(out).toBe("");
  expect(busySeconds).toBeLessThan(1);
});

test("a worker with everything wrong names every problem and no value, at once", async () => {
  const { code, error, busySeconds } = await runWorker(brokenEnv);
  expect(code).toBe(1);
  expect(Array.from(error.matchAll(/[:;] (\w+) must /g), ([, name]) => name)).toEqual(Object.keys(brokenEnv));
  expect(error).not.toContain(brokenEnv.AUTH_SECRET);
  expect(busySeconds).toBeLessThan(1);
});
