import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { sql } from "drizzle-orm";
import { onTestFinished } from "vitest";
import { migrateQueue } from "#worker/connection";
import { test } from "../test/support/database.ts";
import { createMailbox } from "../test/support/journey.ts";
import { until } from "../test/support/until.ts";
import { startWorkerOn } from "../test/support/worker.ts";

/** A way to the database on which everybody is turned away until it is opened. */
async function createGate(address: URL) {
  const state = { isOpen: false, turnedAway: 0 };
  const gate = createServer((client) => {
    if (!state.isOpen) {
      state.turnedAway++;
      client.destroy();
      return;
    }
    const server = connect(Number(address.port), address.hostname);
    client.pipe(server).pipe(client);
    client.on("error", () => server.destroy());
    server.on("error", () => client.destroy());
  });
  await once(gate.listen(0, "127.0.0.1"), "listening");
  const { port } = gate.address() as AddressInfo;
  const url = Object.assign(new URL(address), { hostname: "127.0.0.1", port: String(port) }).href;
  return { state, url, close: () => void gate.close() };
}

test("a worker that starts while its database is away works as soon as that is there", async ({ database }) => {
  await migrateQueue(database.url, "app");
  const gate = await createGate(new URL(database.appUrl));
  onTestFinished(gate.close);
  const worker = startWorkerOn({ appUrl: gate.url }, { email: createMailbox().provider });
  onTestFinished(() => worker.stop());
  await until(
    () => gate.state.turnedAway,
    (times) => times > 2,
  );
  gate.state.isOpen = true;
  await until(
    () => database.db.execute(sql`select from worker_heartbeats where is_queue_reachable`),
    ({ rows }) => rows.length === 1,
  );
});
