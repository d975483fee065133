import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { notifications } from "#db/schema/index";
import { requestRunNow } from "#engine/switching";
import { workerFlags } from "#scripts/worker-flags";
import { startProcess } from "../test/security/own-process.ts";
import { createTestDatabase } from "../test/support/database.ts";
import { createMember, createTemplate, createWorkflow } from "../test/support/factories.ts";
import { startRedis } from "../test/support/redis.ts";
import type { Tried } from "../test/support/try-forbidden.ts";
import { until } from "../test/support/until.ts";
import { migrateQueue } from "./connection.ts";

test("S18: every way to start a worker tells it to make no code of texts, and to reach no prototype", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(scripts.worker).toBe(`node ${workerFlags.join(" ")} --import tsx worker/main.ts`);
  expect(scripts["dev:worker"]).toBe(`tsx watch ${workerFlags.join(" ")} worker/main.ts`);
});

test.for(["postgres", "redis"])(
  "S18: on %s a worker makes no code of a text, reaches no prototype, and does its work",
  {
    timeout: 60_000,
  },
  async (queue) => {
    const database = await createTestDatabase();
    const { db, url, appUrl } = database;
    const redis = queue === "redis" ? await startRedis() : undefined;
    await migrateQueue(url, "app");
    await createMember(db, { firstName: "Mara", visits: ["2026-01-01"] });
    const template = await createTemplate(db, {
      channel: "in_app",
      title: "{% if member_first_name contains 'M' %}Hi {{ member_first_name | upcase }}{% endif %}",
    });
    const { id: workflowId } = await createWorkflow(db, {
      steps: [{ id: 1, action: { type: "send_in_app_notification", params: { template_id: template.id } } }],
    });
    await requestRunNow(db, { workflowId, actorId: null });
    const env = {
      ...{ DATABASE_URL: appUrl, APP_URL: "https://app.example", AUTH_SECRET: "0123456789abcdef".repeat(4) },
      ...(redis && { REDIS_URL: redis.url }),
    };
    const worker = startProcess("worker/main.ts", env, { preload: "test/support/try-forbidden.ts" });
    try {
      const { html, ...tried } = await worker.ask<Tried>("try");
      expect(tried).toEqual({ code: "EvalError", proto: "Error", subject: "MARA" });
      expect(html).toMatch(/<p style="[^"]*">Hi Mara<\/p>/);
      const title = () => db.select({ title: notifications.title }).from(notifications);
      expect(await until(title, (rows) => rows.length > 0, 40_000)).toEqual([{ title: "Hi MARA" }]);
    } finally {
      await worker.stop();
      await redis?.stop();
      await database.drop();
    }
  },
);
