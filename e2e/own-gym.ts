import { randomBytes } from "node:crypto";
import type pg from "pg";
import { findFreePort } from "../scripts/embedded-postgres.ts";
import { startProcess } from "../test/security/own-process.ts";
import { administer } from "../test/support/administer.ts";

/** A web process and a worker of a test's own, on a copy of the demo gym, with a further environment. */
export async function openOwnGym(further: Record<string, string>) {
  const owner = new URL(process.env.OWNER_DATABASE_URL ?? "");
  const pathname = `/own_${randomBytes(4).toString("hex")}`;
  await administer(owner.href, (query) => query(`create database ${pathname.slice(1)} template demo`));
  const port = await findFreePort();
  const server = `http://localhost:${port}`;
  const env = {
    DATABASE_URL: Object.assign(new URL(process.env.DATABASE_URL ?? ""), { pathname }).href,
    AUTH_SECRET: process.env.AUTH_SECRET ?? "",
    APP_URL: server,
    PORT: String(port),
    LOG_LEVEL: "warn",
    ...further,
  };
  const processes = [startProcess("scripts/web.ts", env), startProcess("worker/main.ts", env)];
  const url = Object.assign(owner, { pathname }).href;
  return {
    server,
    /** As the database's owner. */
    query: <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      administer(url, async (query) => (await query(text, values)).rows as Row[]),
    /** All that the two have said so far. */
    printed: () => processes.map((process) => process.printed()).join(""),
    async stop() {
      await Promise.all(processes.map((process) => process.stop()));
    },
  };
}
