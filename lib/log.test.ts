import { expect, test } from "vitest";
import { hostileNames } from "../test/support/hostile-names.ts";
import { nastyNames } from "../test/support/nasty-values.ts";
import { createLog } from "./log.ts";
import { maskText } from "./mask.ts";

function capture() {
  let written = "";
  const write = (line: string) => {
    written += line;
  };
  const log = createLog({ name: "test" }, { write });
  return { log, lines: () => written.split("\n").slice(0, -1), text: () => written };
}

test("each event is one line of JSON, whatever is in it", () => {
  const { log, lines } = capture();
  for (const nasty of nastyNames) {
    log.info({ member: nasty, [nasty || "empty"]: 1, nested: { list: [nasty] } }, nasty);
    log.error({ err: new Error(nasty) }, "failed");
  }
  expect(lines()).toHaveLength(nastyNames.length * 2);
  for (const line of lines()) {
    expect(JSON.parse(line)).toMatchObject({ name: "test" });
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  }
});

test("S16, S34: a hostile first name stands in its field and nowhere else", () => {
  const { log, lines } = capture();
  for (const name of hostileNames) {
    log.info({ member: name }, "written to");
  }
  expect(lines().map((line) => JSON.parse(line))).toEqual(
    hostileNames.map((name) => ({
      ...{ level: "info", time: expect.any(String), name: "test", pid: process.pid, msg: "written to" },
      member: maskText(name),
    })),
  );
  expect(lines().filter((line) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(line))).toEqual([]);
});

test("addresses are masked and nothing that opens a door is written", () => {
  const { log, text } = capture();
  log.info({ email: "anna.meier@gym.example", to: ["b@c.example"] }, "mail to anna.meier@gym.example");
  log.info({ password: "hunter2hunter2", authSecret: "hunter2", cookie: "session=hunter2", apiKey: "hunter2" }, "in");
  log.info({ url: "https://gym.example/sign-in/link?token=hunter2&x=1" }, "GET /sign-in/link?token=hunter2");
  log.warn({ err: new Error("cannot reach postgres://app:hunter2@db:5432/gym for anna.meier@gym.example") }, "x");
  log.warn({ header: "Bearer hunter2" }, "authorization: Bearer hunter2");
  log.error({ path: "/unsubscribe/42.hunter2" }, "POST https://gym.example/api/unsubscribe/42%2Ehunter2?x=1");
  expect(text()).not.toContain("hunter2");
  expect(text()).not.toContain("anna.meier");
  expect(text()).toContain("a***@gym.example");
  expect(text()).toContain("b***@c.example");
});

test("what refers to itself or goes very deep is still one line", () => {
  const { log, lines } = capture();
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  log.info({ loop }, "loop");
  expect(lines()).toHaveLength(1);
});
