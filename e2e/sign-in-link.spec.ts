import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "@playwright/test";
import { sql } from "drizzle-orm";
import { connect } from "#db/client";
import { until } from "../test/support/until.ts";
import { quickCommand } from "./command.ts";
import { test } from "./test.ts";

const email = "brought-in@demo.example";

test("a member who was brought in with a file signs in by a link, once, and signs out", async ({ page }) => {
  const directory = mkdtempSync(path.join(tmpdir(), "brought-in-"));
  const file = path.join(directory, "members.csv");
  writeFileSync(file, `external_id,email,first_name\nLINK-1,${email},Nora\n`);
  expect((await quickCommand("import", "members", file)).code).toBe(0);
  rmSync(directory, { recursive: true });

  await page.goto("/sign-in");
  await page.getByLabel("Email").last().fill(email);
  await page.getByRole("button", { name: "Email me a link" }).click();
  await expect(page.getByRole("heading", { name: "Check your inbox" })).toBeVisible();
  const link = await mailedLink();

  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/me\/notifications$/);
  await page.getByRole("button", { name: /sign out/i }).click();
  await expect(page).toHaveURL(/\/sign-in/);

  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("This link was used already or is too old.")).toBeVisible();
});

/** As the outbox shows it to the admin of a gym that tries things out. */
async function mailedLink(): Promise<string> {
  const { db, close } = connect({ connectionString: process.env.DATABASE_URL ?? "", max: 1 });
  try {
    const ask = () =>
      db.execute<{ text: string }>(sql`
        select b.text from message_bodies b join communication_logs m on m.id = b.message_id
        where m.class = 'sign_in' and m.status = 'sent' and m.recipient = ${email}`);
    const { rows } = await until(ask, ({ rows }) => rows.length === 1);
    return /http\S+\/sign-in\/link\?token=\w+/.exec(rows[0]?.text ?? "")?.[0] ?? "";
  } finally {
    await close();
  }
}
