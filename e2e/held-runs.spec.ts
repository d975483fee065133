import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "@playwright/test";
import { quickCommand } from "./command.ts";
import { expectAccessible, expectNoSidewaysScroll } from "./expectations.ts";
import { signIn } from "./sign-in.ts";
import { test } from "./test.ts";

const dayMs = 86_400_000;

test("a workflow that would start for nearly everybody is held until an admin decides", { tag: "@redis" }, async ({
  page,
}) => {
  // Each command is a process of its own.
  test.setTimeout(240_000);
  const name = `Silence ${process.env.E2E_BACKEND}`;
  const directory = mkdtempSync(path.join(tmpdir(), "held-"));
  const file = path.join(directory, "config.json");
  const trigger = { type: "low_engagement", params: { inactive_days: 60 } };
  const steps = [{ id: 1, action: { type: "add_tag", params: { tag: "silent" } } }];
  const workflows = [{ name, trigger, steps, is_enabled: true, cooldown_period_days: 0 }];
  writeFileSync(file, JSON.stringify({ templates: [], workflows }));
  expect((await quickCommand("config", "import", file)).code).toBe(0);
  rmSync(directory, { recursive: true });
  const listed = JSON.parse((await quickCommand("sweep", "--dry-run", "--json")).stdout).workflows;
  const { id } = listed.find((workflow: { name: string }) => workflow.name === name);

  /** What a sweep finds on a day before which nobody came for months, as when the door's log was not brought in. */
  async function sweepIn(days: number) {
    const at = new Date(Date.now() + days * dayMs).toISOString();
    const swept = await quickCommand("sweep", "--workflow", String(id), "--at", at, "--json");
    expect(swept.code).toBe(2);
    return JSON.parse(swept.stdout).workflows[0];
  }

  await signIn(page, "admin", "/admin/workflows");
  const card = page.getByRole("article", { name });
  const held = page.getByRole("region", { name: `Held runs of ${name}` });

  await test.step("approved, the runs begin", async () => {
    const swept = await sweepIn(80);
    expect(swept).toMatchObject({ started: 0 });
    await page.reload();
    await expect(card.getByText("Held", { exact: true })).toBeVisible();
    await expect(held).toContainText(`${swept.held} runs held`);
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoSidewaysScroll(page);
    await page.setViewportSize({ width: 1440, height: 900 });
    await held.getByRole("button", { name: `Approve ${swept.held} runs` }).click();
    await expect(held).toBeHidden();
    await expect(card.getByText("On", { exact: true })).toBeVisible();
  });

  await test.step("discarded, they end, after asking once more", async () => {
    await quickCommand(
      "sweep",
      "--workflow",
      String(id),
      "--at",
      new Date(Date.now() + 80 * dayMs).toISOString(),
      "--drain",
    );
    await sweepIn(81);
    await page.reload();
    await held.getByRole("button", { name: "Discard" }).click();
    await held.getByRole("button", { name: /^Yes, discard \d+ runs for good$/ }).click();
    await expect(held).toBeHidden();
  });

  await card.getByRole("switch").press("Space");
  await expect(card.getByText("Off", { exact: true })).toBeVisible();
});
