import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { administer } from "../test/support/administer.ts";
import { migrateDatabase } from "./migrate.ts";

test("the database's owner migrates it, and need not be a superuser", async () => {
  const template = new URL(inject("templateUrl"));
  const name = `owned_${randomUUID().replaceAll("-", "")}`;
  const server = Object.assign(new URL(template), { pathname: "/postgres" }).href;
  const owned = Object.assign(new URL(template), { pathname: `/${name}`, username: name }).href;
  await administer(server, async (query) => {
    await query(`create role ${name} login`);
    await query(`alter role ${name} password '${template.password}'`);
    await query(`create database ${name} owner ${name}`);
  });
  try {
    await migrateDatabase(owned, "app");
    await migrateDatabase(owned, "app");
    const tables = await administer(owned, (query) => query("select from member_offers"));
    expect(tables.rowCount).toBe(0);
  } finally {
    await administer(server, async (query) => {
      await query(`drop database ${name} with (force)`);
      await query(`drop role ${name}`);
    });
  }
});
