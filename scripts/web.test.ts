import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { brokenEnv } from "../test/support/broken-env.ts";
import { runScript } from "../test/support/run-script.ts";
import { nodeProblem } from "./node-version.ts";

const runWeb = (env: Record<string, string>) => runScript("scripts/web.ts", [], env);

const valid = {
  DATABASE_URL: "postgres://app@127.0.0.1:1/none",
  APP_URL: "http://127.0.0.1:3000",
  AUTH_SECRET: "x".repeat(40),
};

test("a start with nothing set names all that is missing, at once", async () => {
  const { code, error, busySeconds } = await runWeb({});
  expect(code).toBe(1);
  expect(error).toBe(
    "The web process cannot start:\n- DATABASE_URL is not set\n- APP_URL is not set\n- AUTH_SECRET is not set\n",
  );
  expect(busySeconds).toBeLessThan(1);
});

test("a start with everything wrong names every problem and no value, at once", async () => {
  const { code, error, busySeconds } = await runWeb(brokenEnv);
  expect(code).toBe(1);
  expect(Array.from(error.matchAll(/^- (\w+) must /gm), ([, name]) => name)).toEqual(Object.keys(brokenEnv));
  expect(error).not.toContain(brokenEnv.AUTH_SECRET);
  expect(busySeconds).toBeLessThan(1);
});

test("production over plain http is for one's own machine only", async () => {
  const { code, error } = await runWeb({ ...valid, APP_URL: "http://app.gym.example" });
  expect(code).toBe(1);
  expect(error).toContain("APP_URL must be https");
});

test("a port in use is said in one line", async () => {
  const holder = createServer();
  onTestFinished(() => void holder.close());
  const port = await new Promise<number>((resolve) => {
    holder.listen(0, "127.0.0.1", () => {
      const address = holder.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
  const { code, error } = await runWeb({ ...valid, PORT: String(port) });
  expect(code).toBe(1);
  expect(error).toBe(`The web process cannot start:\nPort ${port} of 127.0.0.1 is in use. Set PORT to another one.\n`);
});

test.each([
  ["v18.20.4", true],
  ["v20.18.9", true],
  ["v20.19.0", false],
  ["v20.20.2", false],
  ["v22.1.0", false],
  ["v24.0.0", false],
])("Node %s", (version, isRefused) => {
  expect(nodeProblem(version) !== null).toBe(isRefused);
});
