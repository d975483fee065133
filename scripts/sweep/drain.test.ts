import path from "node:path";
import { sql } from "drizzle-orm";
import { expect, inject, onTestFinished, test } from "vitest";
import { readClock } from "#engine/clock";
import { readEnv } from "#env";
import { createOwingGym, later } from "../../test/delivery/gym.ts";
import { startResendServer } from "../../test/support/resend-server.ts";
import { drain } from "./drain.ts";

test.each([
  ["ahead", 10],
  ["behind", -10],
])(
  "what is done on a clock that is %s of time stops the account's live workers no longer than it should",
  async (_, hours) => {
    const { db } = await createOwingGym(3);
    await db.execute(
      sql`update communication_logs set queued_at = now() + make_interval(hours => ${hours}), due_at = now() + make_interval(hours => ${hours})`,
    );
    const server = await startResendServer({
      witnessFile: path.join(inject("scratchDirectory"), `drain-${hours}.jsonl`),
    });
    onTestFinished(server.stop);
    const env = readEnv({
      DATABASE_URL: "postgres://app@127.0.0.1:1/none",
      APP_URL: "http://localhost:3000",
      AUTH_SECRET: "a secret of the tests alone, and long",
      EMAIL_PROVIDER: "resend",
      RESEND_API_KEY: "re_of_somebody_else",
      RESEND_BASE_URL: server.url,
    });
    const clock = later(await readClock(db), hours * 3_600_000 + 60_000);
    expect(await drain(db, clock, env)).toMatchObject({ messages: 0, waiting: 3 });
    const { rows } = await db.execute(sql`
    select pause_cause as cause, paused_until > clock_timestamp() as "isPaused",
           paused_until < clock_timestamp() + interval '11 minutes' as "isShort", failing_since <= clock_timestamp() as "isNow"
    from provider_accounts`);
    expect(rows).toEqual([{ cause: "account_refused", isPaused: true, isShort: true, isNow: true }]);
  },
);
