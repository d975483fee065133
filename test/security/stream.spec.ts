import { expect, test } from "@playwright/test";
import pg from "pg";
import { people } from "../../e2e/sign-in.ts";
import { findFreePort } from "../../scripts/embedded-postgres.ts";
import { until } from "../support/until.ts";
import { ask, cookieFor } from "./http.ts";
import { startProcess, untilReady } from "./own-process.ts";

const { DATABASE_URL = "", AUTH_SECRET = "" } = process.env;

test("a stream ends after ten minutes, and whoever opens the next one is asked anew who they are", async () => {
  const port = await findFreePort();
  const server = `http://localhost:${port}`;
  const env = { DATABASE_URL, AUTH_SECRET, APP_URL: server, PORT: String(port), LOG_LEVEL: "warn" };
  const web = startProcess("scripts/web.ts", env, { preload: "test/support/pass-ten-minutes.ts" });
  try {
    await untilReady(server);
    const cookie = await cookieFor(people.member, server);
    const openStream = () =>
      ask("/api/notifications/stream", { server, headers: { cookie, accept: "text/event-stream" } });

    for (const _ of ["the first", "the next"]) {
      const stream = openStream();
      await until(
        () => web.ask("ten minutes pass"),
        (ended) => ended === 1,
      );
      expect(await stream).toMatchObject({ status: 200, body: expect.stringContaining("retry: 1000") });
    }

    const client = new pg.Client({ connectionString: DATABASE_URL });
    await client.connect();
    await client.query("delete from auth_sessions where token = $1", [decodeURIComponent(cookie).split(/[=.]/)[1]]);
    await client.end();
    expect((await openStream()).status).toBe(401);
    expect(web.printed()).not.toContain('"level":"error"');
  } finally {
    await web.stop();
  }
});
