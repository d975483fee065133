import { fork } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { handOver, holdPort, portOf } from "./dev-port.ts";

const host = "127.0.0.1";

async function hold(wanted: number) {
  const holder = await holdPort(wanted, host);
  onTestFinished(() => void holder.close());
  return holder;
}

function forkChild() {
  const child = fork("test/support/answer-on-handed-port.ts", { execArgv: ["--import", "tsx"] });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill();
    await exited;
  };
  onTestFinished(stop);
  return { child, stop };
}

const ask = (port: number) => fetch(`http://${host}:${port}`).then((response) => response.text());

test("two that want the same port at the same moment hold different ones", async () => {
  const wanted = portOf(await hold(0));
  const holders = await Promise.all([hold(wanted), hold(wanted)]);
  expect(new Set([wanted, ...holders.map(portOf)]).size).toBe(3);
});

test("where no port is left this is said", async () => {
  await hold(65_535).catch(() => {});
  await expect(hold(65_535)).rejects.toThrow("No port from 65535 on is free.");
});

test("a port is nobody else's from its choice to the child's end, and the child alone answers on it", async () => {
  const holder = await hold(0);
  const port = portOf(holder);
  const { child, stop } = forkChild();
  await once(connect(port, host), "close");
  expect(portOf(await hold(port))).not.toBe(port);

  await handOver(holder, child);
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(port)));
  expect(new Set(answers)).toEqual(new Set(["the child"]));
  expect(portOf(await hold(port))).not.toBe(port);

  await stop();
  expect(portOf(await hold(port))).toBe(port);
});
