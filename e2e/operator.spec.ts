import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "@playwright/test";
import { command, quickCommand } from "./command.ts";
import { signIn } from "./sign-in.ts";
import { test } from "./test.ts";

const day = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);

test("an operator brings in a gym's files, sweeps, and reads what happened in the terminal and in the logs", {
  tag: "@queue",
}, async ({ page }) => {
  const directory = mkdtempSync(path.join(tmpdir(), "operator-"));
  const members = path.join(directory, "members.csv");
  const visits = path.join(directory, "visits.csv");
  const name = `Quiet${process.env.E2E_BACKEND}`;
  writeFileSync(
    members,
    `external_id;email;first_name;last_name;birth_date;join_date;email_consent
OP-1;quiet@demo.example;${name};Member;1990-05-05;2024-01-15;yes
OP-2;broken@demo.example;Broken;Member;2027-02-30;2024-01-15;yes\n`,
  );
  writeFileSync(visits, `member_external_id;visited_at\nOP-1;${day(60)}T18:00\n`);

  const imported = await command("import", "members", members, "--json");
  expect(imported.code).toBe(2);
  expect(JSON.parse(imported.stdout)).toMatchObject({
    read: 2,
    created: 1,
    refused: 1,
    errors: [{ line: 3, column: "birth_date", value: "2027-02-30" }],
  });
  expect(JSON.parse((await quickCommand("import", "visits", visits, "--json")).stdout)).toMatchObject({ created: 1 });
  expect(JSON.parse((await quickCommand("import", "visits", visits, "--json")).stdout)).toMatchObject({
    created: 0,
    unchanged: 1,
  });

  const table = await command("sweep", "--dry-run");
  expect(table.code).toBe(0);
  expect(table.stdout).toMatch(/Would have swept for \d{4}-\d{2}-\d{2} \(Europe\/Zurich/);
  const swept = JSON.parse((await quickCommand("sweep", "--drain", "--json")).stdout);
  expect(swept).toMatchObject({ dryRun: false, timeZone: "Europe/Zurich" });
  for (const { matched, started, onCooldown, alreadyAnswered, baseline, held } of swept.workflows) {
    expect(matched).toBe(started + onCooldown + alreadyAnswered + baseline + held);
  }
  expect(swept.drained.failed).toBe(0);
  expect((await quickCommand("sweep", "--workflow", "999999")).code).toBe(1);
  expect((await quickCommand("sweep", "--at", "yesterday")).code).toBe(1);
  rmSync(directory, { recursive: true });

  await signIn(page, "admin");
  await page.goto("/admin/logs/messages");
  await expect(page.getByText("quiet@demo.example").first()).toBeVisible();
});
