import { sql } from "drizzle-orm";
import { beforeAll, expect, vi } from "vitest";
import type { Db } from "#db/client";
import { AppError } from "#lib/errors";
import { createLog } from "#lib/log";
import { test } from "../../test/support/database.ts";
import { definePublicHandler } from "./route-handler.ts";

beforeAll(() => {
  vi.stubEnv("DATABASE_URL", "postgres://app@127.0.0.1:1/none");
  vi.stubEnv("APP_URL", "https://app.gym.example");
  vi.stubEnv("AUTH_SECRET", "x".repeat(40));
  vi.stubEnv("LOG_LEVEL", "silent");
});

const canary = "canary-value-7351";

/** Statements that fail in every way a database can complain of a value. */
const failures: ((db: Db) => Promise<unknown>)[] = [
  (db) => db.execute(sql`select ${canary}::bigint`),
  (db) => db.execute(sql`select ${canary}::int`),
  (db) => db.execute(sql`select ${canary}::date`),
  (db) => db.execute(sql`select ${canary}::timestamptz`),
  (db) => db.execute(sql`select ${canary}::uuid`),
  (db) => db.execute(sql`select ${canary}::jsonb`),
  (db) => db.execute(sql`select ${canary}::boolean`),
  (db) => db.execute(sql`select ${canary}::numeric`),
  (db) => db.execute(sql`select ${canary}::interval`),
  (db) => db.execute(sql`select ${canary}::inet`),
  (db) => db.execute(sql`select ${`{${canary}`}::text[]`),
  (db) => db.execute(sql`select ${canary} from no_such_table`),
  (db) => db.execute(sql`select no_such_column, ${canary} from users`),
  (db) => db.execute(sql`select no_such_function(${canary})`),
  (db) => db.execute(sql`insert into locations (name) values (${canary}), (${canary})`),
  (db) => db.execute(sql`insert into gym_settings (id, name) values (1, ${canary})`),
  (db) => db.execute(sql`insert into users (birth_date, email) values ('1700-01-01', ${canary})`),
  (db) => db.execute(sql`insert into memberships (member_id, starts_on, level) values (-1, '2026-01-01', ${canary})`),
  (db) => db.execute(sql`insert into visits (class_name) values (${canary})`),
  (db) => db.execute(sql`select 1 / 0, ${canary}::text`),
  (db) => db.execute(sql`select '2026-01-01'::${canary}`),
];

test.for(failures.map((fail, place) => [place, fail] as const))(
  "database failure %i shows a client an id, and the log neither the statement nor its values",
  async ([, fail], { database: { db } }) => {
    let thrown: unknown;
    const handler = definePublicHandler("a test", async () => {
      try {
        return Response.json(await fail(db));
      } catch (error) {
        thrown = error;
        throw error;
      }
    });
    const response = await handler(new Request("https://app.gym.example/api/x"));
    expect(response.status).toBe(500);
    const answer = await response.text();
    expect(JSON.parse(answer)).toEqual({
      message: "Something went wrong on our side.",
      fields: {},
      errorId: expect.stringMatching(/^[0-9a-f]{12}$/),
    });

    let logged = "";
    const write = (line: string) => {
      logged += line;
    };
    createLog({ name: "test" }, { write }).error({ err: thrown }, "failed");
    expect(logged).toContain("A query failed");
    expect(logged).not.toContain(canary);
    expect(logged).not.toMatch(/insert into|select no_such/i);
  },
);

test("a refusal is told in its own words", async () => {
  const handler = definePublicHandler("a test", async () => {
    throw new AppError("conflict", "Somebody else changed it.", { name: "Changed." });
  });
  const response = await handler(new Request("https://app.gym.example/api/x"));
  expect(response.status).toBe(409);
  expect(await response.json()).toEqual({ message: "Somebody else changed it.", fields: { name: "Changed." } });
});

test("what changes something must come from our own pages", async () => {
  const handler = definePublicHandler("a test", async () => Response.json({}));
  const post = (headers: Record<string, string>) =>
    handler(new Request("https://app.gym.example/api/x", { method: "POST", headers }));
  expect((await post({ origin: "https://app.gym.example" })).status).toBe(200);
  expect((await post({ origin: "https://evil.example" })).status).toBe(403);
  expect((await post({})).status).toBe(403);
});

test("an answer is not kept by anybody, unless its handler says so", async () => {
  const handler = definePublicHandler("a test", async () => Response.json({}));
  const response = await handler(new Request("https://app.gym.example/api/x"));
  expect(response.headers.get("cache-control")).toBe("private, no-store");
});

test("a handler may lead elsewhere", async () => {
  const handler = definePublicHandler("a test", async () => Response.redirect("https://app.gym.example/there", 303));
  const response = await handler(new Request("https://app.gym.example/api/x"));
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toBe("https://app.gym.example/there");
});
