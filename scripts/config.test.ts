import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, vi } from "vitest";
import { fileOf, template, workflow } from "../test/support/config-files.ts";
import { createTestDatabase, type TestDatabase, test } from "../test/support/database.ts";
import { createTemplate, createWorkflow } from "../test/support/factories.ts";
import { runScript } from "../test/support/run-script.ts";

// Each run starts a process.
vi.setConfig({ testTimeout: 120_000 });

const directory = mkdtempSync(path.join(tmpdir(), "retention-config-"));
afterAll(() => rmSync(directory, { recursive: true }));

const run = ({ appUrl }: TestDatabase, ...args: string[]) =>
  runScript("scripts/config.ts", args, { DATABASE_URL: appUrl });

function write(name: string, text: string) {
  const file = path.join(directory, name);
  writeFileSync(file, text);
  return file;
}

test("a gym's configuration moves to another gym and back", async ({ database }) => {
  const file = write("gym.json", fileOf([template()], [{ ...workflow(), is_enabled: true }]));
  const dry = await run(database, "import", file, "--dry-run", "--json");
  expect(JSON.parse(dry.out)).toMatchObject({ dryRun: true, templates: { created: 1 }, problems: [] });
  expect(await run(database, "import", file)).toMatchObject({
    code: 0,
    out: "Templates: 1 new, 0 updated, 0 unchanged.\nWorkflows: 1 new, 0 updated, 0 unchanged; 1 switched on, 0 off.\n",
    error: "",
  });
  const out = path.join(directory, "out.json");
  const { code, out: said } = await run(database, "export", out);
  expect({ code, said }).toEqual({ code: 0, said: `Wrote 1 templates and 1 workflows to ${out}.\n` });

  const twin = await createTestDatabase();
  expect((await run(twin, "import", out, "--include-current", "--json")).code).toBe(0);
  const back = path.join(directory, "back.json");
  const exported = await run(twin, "export", back, "--json");
  expect(JSON.parse(exported.out)).toEqual({ templates: 1, workflows: 1, needsAttention: [] });
  expect(readFileSync(back, "utf8")).toBe(readFileSync(out, "utf8"));
  expect(readdirSync(directory).filter((name) => name.endsWith(".part"))).toEqual([]);
  await twin.drop();
});

test("what cannot be done ends with 1 and every reason why", async ({ database }) => {
  const bad = write("bad.json", fileOf([template({ channel: "fax" })], [{ ...workflow({ template: 2 }), name: "" }]));
  const { code, out, error } = await run(database, "import", bad);
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(error).toMatch(
    /^Nothing was taken from .*bad\.json: 2 problems\.\ntemplates\.0\.channel: .*\nworkflows\.0\.name: .*\n$/,
  );
  const asJson = await run(database, "import", bad, "--json");
  expect(asJson.code).toBe(1);
  expect(JSON.parse(asJson.out).problems.map((problem: { path: string }) => problem.path)).toEqual([
    "templates.0.channel",
    "workflows.0.name",
  ]);

  for (const [args, message] of [
    [[], /^Usage: npm run config/],
    [["import"], /^Usage: npm run config/],
    [["export", "a.json", "--dry-run"], /^--include-current and --dry-run belong to import/],
    [["import", "/nowhere.json"], /^\/nowhere\.json cannot be read: /],
    [["export", "/nowhere/a.json"], /^\/nowhere\/a\.json cannot be written: /],
  ] as const) {
    expect(await run(database, ...args)).toMatchObject({ code: 1, out: "", error: expect.stringMatching(message) });
  }
});

test("what was done and needs attention ends with 2", async ({ database }) => {
  const { id } = await createTemplate(database.db, { archivedAt: new Date() });
  await createWorkflow(database.db, {
    steps: [{ id: 1, action: { type: "send_email", params: { template_id: id } } }],
  });
  const { code, out } = await run(database, "export", path.join(directory, "attention.json"));
  expect({ code, out }).toEqual({
    code: 2,
    out: expect.stringMatching(/\nworkflows\.\d+\.steps\.0\..*is archived or gone\n$/),
  });
});
