import { expect, onTestFinished } from "vitest";
import { administer } from "../test/support/administer.ts";
import { test } from "../test/support/database.ts";
import { connectQueue, migrateQueue } from "./connection.ts";

test("a database that goes away between two looks at it does not leave a worker that asks without a pause", async ({
  database,
}) => {
  await migrateQueue(database.url, "app");
  const name = new URL(database.url).pathname.slice(1);
  const server = Object.assign(new URL(database.url), { pathname: "/postgres" }).href;
  const isOpen = (is: boolean) =>
    administer(server, (query) => query(`alter database ${name} with allow_connections ${is}`));
  onTestFinished(() => isOpen(true).then(() => {}));

  const lost = await connectQueue({ databaseUrl: database.appUrl });
  await isOpen(false);
  await expect(lost.startWorker(async () => {}, { concurrency: 1 })).rejects.toThrow("not currently accepting");
  await lost.close();
  await isOpen(true);

  const found = await connectQueue({ databaseUrl: database.appUrl });
  const rung = new Promise<string>((resolve) => {
    void found
      .startWorker(async ({ name }) => resolve(name), { concurrency: 1 })
      .then((worker) => {
        onTestFinished(async () => {
          await worker.close();
          await found.close();
        });
      });
  });
  await found.queue.add("steps", {});
  expect(["steps", "sweep"]).toContain(await rung);
});
