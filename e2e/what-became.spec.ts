import { expect, type Page } from "@playwright/test";
import { untilReady } from "../test/security/own-process.ts";
import { resendKey, startResendServer } from "../test/support/resend-server.ts";
import { expectAccessible, expectNoSidewaysScroll, watchComplaints } from "./expectations.ts";
import { openOwnGym } from "./own-gym.ts";
import { signInByHand } from "./sign-in.ts";
import { test } from "./test.ts";

let resend: Awaited<ReturnType<typeof startResendServer>>;
let gym: Awaited<ReturnType<typeof openOwnGym>>;
const threeHoursAgo = new Date(Date.now() - 3 * 3_600_000);
const dayBefore = new Date(threeHoursAgo.getTime() - 86_400_000);
/** What the gym's own worker sends meanwhile is taken now. */
let takenAt: Date | null = null;

test.beforeAll(async ({ browserName: _ }, testInfo) => {
  const witnessFile = testInfo.outputPath("resend.jsonl");
  resend = await startResendServer({ witnessFile, now: () => takenAt ?? new Date() });
  gym = await openOwnGym({
    EMAIL_PROVIDER: "resend",
    RESEND_API_KEY: resendKey,
    RESEND_BASE_URL: resend.url,
    RESEND_REQUESTS_PER_SECOND: "20",
  });
  await untilReady(gym.server);
});

test.afterAll(async () => {
  await gym.stop();
  await resend.stop();
});

async function openAsAdmin(page: Page, path: string) {
  await signInByHand(page, "admin", `${gym.server}/sign-in`);
  await page.goto(gym.server + path);
}

type Lost = { id: string; recipient: string; subject: string };

/** Emails of three hours ago whose answer was lost, handed to this provider. */
async function lose(provider: string, count: number): Promise<Lost[]> {
  return gym.query<Lost>(
    `with lost as (
       update communication_logs set status = 'unconfirmed', reason = 'unknown_outcome', sent_at = null, provider = $1,
              first_tried_at = $2, provider_message_id = null
       where id in (select id from communication_logs
                    where channel = 'email' and class <> 'sign_in' and status = 'sent' and workflow_id is not null
                    order by id desc limit $3)
       returning id, recipient)
     select lost.id, lost.recipient, b.subject from lost join message_bodies b on b.message_id = lost.id order by lost.id`,
    [provider, threeHoursAgo, count],
  );
}

const letterOf = ({ id, recipient, subject }: Lost) => ({
  ...{ from: "hello@gym.example", to: [recipient], subject, html: "", text: "", headers: {} },
  // A number, where another file of this process has read the database before.
  tags: [{ name: "message_id", value: String(id) }],
});

const row = (page: Page, { id }: Lost) =>
  page.getByRole("listitem").filter({ has: page.locator(`a[href="/admin/logs/messages/${id}"]`) });

test("E74: an admin asks the provider what became of a message, where it can be asked", async ({ page }) => {
  const complaints = watchComplaints(page);
  const [known, unknown] = (await lose("resend", 2)) as [Lost, Lost];
  const [bySmtp] = (await lose("smtp", 1)) as [Lost];
  takenAt = dayBefore;
  resend.history.add("older", letterOf({ ...known, id: "900000" }));
  takenAt = threeHoursAgo;
  resend.history.add("known", letterOf(known));
  takenAt = null;
  resend.history.happen(Number(known.id), "delivered");

  await openAsAdmin(page, "/admin/logs/unconfirmed");
  const check = (lost: Lost) => row(page, lost).getByRole("button", { name: /^Check with Resend/ });
  await expect(check(unknown)).toBeVisible();
  await expect(check(bySmtp)).toHaveCount(0);
  await check(known).click();
  await expect(page.getByRole("status")).toContainText(/Resend took it (to|yester)day, \d\d:\d\d; it was delivered\./);
  await expect(page.getByRole("status")).toBeFocused();
  await expect(row(page, known)).toHaveCount(0);
  await check(unknown).click();
  await expect(page.getByRole("status")).toContainText("Resend does not know it");
  await expect(row(page, unknown)).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  expect(
    await gym.query(
      `select subject_id as id, after ->> 'outcome' as outcome from audit_events where action = 'message.looked_up' order by id`,
    ),
  ).toEqual([known, unknown].map(({ id }, place) => ({ id, outcome: ["found", "not_known"][place] })));
  expect(complaints).toEqual([]);
});

const watch = (page: Page) => page.getByRole("region", { name: "Spam complaints" });

test("S38: an admin enters Google's figure, sees what it does, and says when marketing email goes on", async ({
  page,
}) => {
  const complaints = watchComplaints(page);
  await openAsAdmin(page, "/admin/logs/messages");
  await expect(watch(page)).toContainText("No spam complaint about marketing email in 7 days.");
  // S37: what receivers look up about the sender, with a word beside each colour.
  await expect(page.getByRole("region", { name: "Sender domain" }).getByRole("listitem")).toHaveText([
    /^SPF (found|missing|not known)/,
    /^DKIM (found|missing|not known)/,
    /^DMARC (found|missing|not known)/,
  ]);
  const enter = async (percent: string, readOn?: string) => {
    await page.getByLabel("Spam rate in percent").fill(percent);
    if (readOn) {
      await page.getByLabel("Read on").fill(readOn);
    }
    await page.getByRole("button", { name: "Save figure" }).click();
  };
  await watch(page).getByRole("button", { name: "Enter Google's figure" }).click();
  await expectAccessible(page);
  await enter("a lot", "2020-01-01");
  await expect(page.getByRole("dialog")).toContainText("Give a share in percent from 0 to 100");
  await enter("0.1");
  await expect(page.getByRole("dialog")).toContainText("this one is too old");
  const { today = "" } =
    (await gym.query<{ today: string }>("select (now() at time zone 'Europe/Zurich')::date::text as today"))[0] ?? {};
  await enter("0,12 %", today);
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(watch(page)).toContainText("Too much marketing email is reported as spam.");
  await expect(watch(page)).toContainText("Google says 0.12 %, read today.");

  await watch(page).getByRole("button", { name: "Enter Google's figure" }).click();
  await enter("0.3");
  await expect(watch(page)).toContainText("Marketing email is paused since today");
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await watch(page).getByRole("button", { name: "Go on sending marketing email" }).click();
  await watch(page).getByRole("button", { name: "Yes, send marketing email again" }).click();
  await expect(watch(page)).not.toContainText("Marketing email is paused");
  await expect(watch(page)).toContainText("No spam complaint about marketing email in 7 days.");
  const actions = await gym.query<{ action: string }>(
    "select action from audit_events where subject_type = 'complaint_watch' order by id",
  );
  expect(actions.map(({ action }) => action)).toEqual([
    "complaints.postmaster_figure",
    "complaints.postmaster_figure",
    "complaints.marketing_resumed",
  ]);
  expect(complaints).toEqual([]);
});

test("G25: after a restore an admin says what the other installation may have sent", async ({ page }) => {
  const complaints = watchComplaints(page);
  await gym.query(
    "insert into installation (identity) values ('another') on conflict (id) do update set identity = excluded.identity",
  );
  const [due] = await gym.query<{ id: string }>(
    `update communication_logs set status = 'queued', due_at = now() - interval '1 minute', sent_at = null, first_tried_at = null
     where id = (select max(id) from communication_logs
                 where channel = 'email' and workflow_id is not null and status in ('sent', 'delivered'))
     returning id`,
  );
  await openAsAdmin(page, "/admin/logs/messages");
  const notice = page.getByRole("region", { name: "Sending is held" });
  await expect(notice).toContainText("Did it go on sending after the copy was made?");
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await notice.getByRole("button", { name: "It may have: I decide what is due" }).click();
  await expect(notice).toHaveCount(0);
  await page.goto(`${gym.server}/admin/logs/unconfirmed`);
  await expect(page.locator(`a[href="/admin/logs/messages/${due?.id}"]`)).toBeVisible();
  expect(
    await gym.query("select after ->> 'mayHaveSent' as said from audit_events where action = 'installation.confirmed'"),
  ).toEqual([{ said: "true" }]);
  expect(complaints).toEqual([]);
});
