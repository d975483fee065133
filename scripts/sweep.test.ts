import { eq } from "drizzle-orm";
import { expect, vi } from "vitest";
import { automationWorkflows, workflowRuns } from "#db/schema/index";
import { type TestDatabase, test } from "../test/support/database.ts";
import { createMember, createTemplate, createWorkflow } from "../test/support/factories.ts";
import { runScript } from "../test/support/run-script.ts";

// Each run starts a process.
vi.setConfig({ testTimeout: 120_000 });

const at = ["--at", "2026-11-22T04:00"];

const run = ({ appUrl }: TestDatabase, ...args: string[]) =>
  runScript("scripts/sweep.ts", args, {
    DATABASE_URL: appUrl,
    APP_URL: "http://localhost:3000",
    AUTH_SECRET: "a secret of the tests alone, and long",
  });

const counts = ["alreadyAnswered", "baseline", "onCooldown", "held", "started"];

test("a sweep, held runs that wait until they are approved, and what needs attention", async ({ database }) => {
  const { db } = database;
  for (let member = 0; member < 60; member++) {
    await createMember(db, { visits: ["2026-01-01"] });
  }
  const { id } = await createWorkflow(db, { name: "We miss you" });
  const gone = await createTemplate(db, { channel: "sms" });
  const broken = await createWorkflow(db, {
    name: "Broken",
    steps: [{ id: 1, action: { type: "send_email", params: { template_id: gone.id } } }],
  });

  const dry = await run(database, ...at, "--dry-run", "--json");
  expect(dry).toMatchObject({ code: 2, error: "" });
  const { workflows, ...frame } = JSON.parse(dry.out);
  expect(frame).toEqual({
    ...{ at: "2026-11-22T03:00:00.000Z", today: "2026-11-22", timeZone: "Europe/Zurich" },
    ...{ dryRun: true, drained: null },
  });
  expect(workflows).toMatchObject([
    { id, matched: 60, held: 60, needsAttention: [] },
    { id: broken.id, needsAttention: [{ path: "steps.0.action.params.template_id" }] },
  ]);
  for (const { matched, ...counted } of workflows) {
    expect(matched).toBe(counts.reduce((sum, name) => sum + counted[name], 0));
  }
  expect(await db.select().from(workflowRuns)).toEqual([]);

  await db.update(automationWorkflows).set({ isEnabled: false }).where(eq(automationWorkflows.id, broken.id));
  expect(await run(database, ...at)).toMatchObject({ code: 2, out: expect.stringContaining(`--approve ${id}`) });
  expect(await run(database, ...at)).toMatchObject({
    code: 2,
    out: expect.stringContaining(
      `We miss you (${id}) holds runs of an earlier sweep (60). npm run sweep -- --approve ${id}`,
    ),
  });
  expect(await run(database, "--approve", String(id))).toMatchObject({ code: 0, error: "" });
  expect(await run(database, ...at)).toMatchObject({ code: 0, out: expect.not.stringContaining("holds") });
});

test("where nothing is done the command ends with 1, and says why on stderr alone", async ({ database }) => {
  const { db } = database;
  const member = await createMember(db);
  const manual = await createWorkflow(db, { trigger: { type: "manual", params: {} } });
  const enrol = ["--enrol", String(member.id), "--workflow", String(manual.id)];
  expect(await run(database, ...enrol)).toMatchObject({ code: 0 });
  expect(await run(database, ...enrol)).toMatchObject({ code: 1, out: expect.stringContaining("cooldown holds") });
  for (const [args, reason] of [
    [["--workflow", "4711"], "There is no enabled workflow 4711"],
    [["--approve", "4711"], "There is no workflow 4711"],
    [["--explain", "4711", "--workflow", String(manual.id)], "There is no member 4711"],
    [
      ["--at", "0000-01-01"],
      '--at takes an ISO time such as 2026-11-22T04:00 or 2026-11-22T03:00:00Z, not "0000-01-01"',
    ],
  ] as const) {
    expect(await run(database, ...args)).toMatchObject({ code: 1, out: "", error: expect.stringContaining(reason) });
  }
});
