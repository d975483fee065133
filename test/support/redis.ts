import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Redis } from "ioredis";
import { findFreePort } from "#scripts/embedded-postgres";

/** A Redis of one's own on a free loopback port, empty and forgetful. */
export async function startRedis(port?: number) {
  const chosen = port ?? (await findFreePort());
  const directory = mkdtempSync(path.join(tmpdir(), "retention-redis-"));
  const flags = [
    "--port",
    String(chosen),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
    "--dir",
    directory,
  ];
  const server = spawn("redis-server", flags, { stdio: "ignore" });
  const exited = new Promise<void>((resolve, reject) => {
    server.once("exit", () => resolve());
    server.once("error", () =>
      reject(new Error("redis-server is not installed. On Debian: apt-get install redis-server")),
    );
  });
  const client = new Redis(chosen, "127.0.0.1", { retryStrategy: () => 50, maxRetriesPerRequest: null });
  client.on("error", () => {});
  await Promise.race([client.ping(), exited.then(() => Promise.reject(new Error("redis-server ended at once")))]);
  return {
    port: chosen,
    url: `redis://127.0.0.1:${chosen}`,
    client,
    async stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM") {
      client.disconnect();
      server.kill(signal);
      await exited;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** What a Redis that runs elsewhere keeps. */
export async function readRedisAt(url: string): Promise<string> {
  const client = new Redis(url);
  const everything = await readEverything(client);
  client.disconnect();
  return everything;
}

/** All keys with all that they hold, as one text. */
export async function readEverything(client: Redis): Promise<string> {
  const read: Record<string, (key: string) => Promise<unknown>> = {
    string: (key) => client.get(key),
    hash: (key) => client.hgetall(key),
    list: (key) => client.lrange(key, 0, -1),
    set: (key) => client.smembers(key),
    zset: (key) => client.zrange(key, "0", "-1"),
    stream: (key) => client.xrange(key, "-", "+"),
  };
  const keys = await client.keys("*");
  const values = await Promise.all(keys.map(async (key) => [key, await read[await client.type(key)]?.(key)]));
  return JSON.stringify(values);
}

type Copy = (readonly [key: string, content: Buffer])[];

/** A moment's content, as a backup has it. */
export async function copyEverything(client: Redis): Promise<Copy> {
  const copies = (await client.keys("*")).map(async (key) => [key, await client.dumpBuffer(key)] as const);
  return (await Promise.all(copies)).flatMap(([key, content]) => (content ? [[key, content] as const] : []));
}

export async function restoreEverything(client: Redis, copy: Copy): Promise<void> {
  for (const [key, content] of copy) {
    await client.restore(key, 0, content);
  }
}
