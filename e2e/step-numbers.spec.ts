import { expect } from "@playwright/test";
import { details } from "./editor-pages.ts";
import { expectAccessible, watchComplaints } from "./expectations.ts";
import { signIn } from "./sign-in.ts";
import { query } from "./template-pages.ts";
import { test } from "./test.ts";

test("the editor is there before its steps' numbers, which move nothing when they come", async ({ page }) => {
  const complaints = watchComplaints(page);
  const id = await storeLive("Counted");
  await signIn(page, "admin");
  let release = () => {};
  const isReleased = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/api/workflows/*/numbers", async (route) => {
    await isReleased;
    await route.fallback();
  });
  await page.goto(`/admin/workflows/${id}`);
  const tag = page.getByRole("button", { name: /^Add a tag/ });
  const wait = page.getByRole("button", { name: /^Wait/ });
  await wait.click();
  await expect(details(page).getByLabel("Days", { exact: true })).toBeVisible();
  await expect(tag).not.toContainText("done");
  const boxes = async () => [await tag.boundingBox(), await wait.boundingBox()];
  const before = await boxes();
  release();
  await expect(tag).toContainText("2 done · 1 skipped");
  expect(await boxes()).toEqual(before);
  expect(complaints).toEqual([]);
});

test("numbers that cannot be read are not taken for none", async ({ page }) => {
  const id = await storeLive("Not counted");
  await signIn(page, "admin");
  await page.route("**/api/workflows/*/numbers", (route) => route.abort());
  await page.goto(`/admin/workflows/${id}`);
  await expect(page.getByText("What became of each step could not be read.")).toBeVisible({ timeout: 15_000 });
  await expectAccessible(page);
});

/** A live workflow through which three members have been. */
async function storeLive(name: string): Promise<number> {
  const [row] = await query<{ id: string }>(
    `insert into automation_workflows (name, trigger, steps)
     values ($1, '{"type": "birthday", "params": {}}',
       '[{"id": 1, "action": {"type": "add_tag", "params": {"tag": "counted"}}}, {"id": 2, "wait": {"days": 1}}]')
     returning id`,
    [name],
  );
  const id = Number(row?.id);
  await query(
    `insert into automation_logs (run_id, member_id, workflow_id, step_id, action_type, executed_at, success, outcome, reason)
     select 0, u.id, $1, 1, 'add_tag', now() - interval '1 hour', o.outcome = 'done', o.outcome, o.reason
     from (select id from users where email = 'member@demo.example') u,
       (values ('done', null), ('done', null), ('skipped', 'member_gone')) as o (outcome, reason)`,
    [id],
  );
  return id;
}
