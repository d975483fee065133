import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Tx } from "#db/client";
import { findMemberProfile } from "#db/queries/member-profile";
import { recordRiskScores } from "#db/queries/risk-scores";
import { consentEvents, creditEntries, memberOffers, staffTasks, suppressions, users } from "#db/schema/index";
import { runDueSteps } from "#engine/run-due-steps";
import { sweep } from "#engine/sweep";
import { test } from "../../../../test/support/database.ts";
import { clockAt, createMember, createTemplate, createWorkflow } from "../../../../test/support/factories.ts";
import { readFacts, readHistory, readVisits } from "./read-member.ts";

const clock = clockAt("2026-11-22");

async function profileOf(tx: Tx, { id }: { id: number }) {
  const profile = await findMemberProfile(tx, id);
  if (!profile) {
    throw new Error("There is no such member");
  }
  return profile;
}

test("a run that goes on says what comes next, one that ended why", async ({ tx }) => {
  const member = await createMember(tx, { visits: ["2026-10-01"] });
  const template = await createTemplate(tx, { name: "We miss you" });
  const steps = [
    { id: 1, wait: { days: 3 } },
    { id: 2, action: { type: "send_email", params: { template_id: template.id } } },
  ];
  await createWorkflow(tx, { name: "Away", steps });
  await sweep(tx, clock);
  await runDueSteps(tx, () => clock);
  const { runs } = await readHistory(tx, member.id, clock);
  expect(runs.rows).toMatchObject([
    { title: "Away", status: "Waiting", second: "Next: Send an email: We miss you, 25 Nov 2026, 04:00" },
  ]);
  await tx.execute(sql`update automation_workflows set is_enabled = false`);
  expect((await readHistory(tx, member.id, clock)).runs.rows[0]?.second).toContain("once the workflow is on again");
  await tx.execute(
    sql`update workflow_runs set status = 'exited', reason = 'left_audience', due_at = null, ended_at = now()`,
  );
  expect((await readHistory(tx, member.id, clock)).runs.rows).toMatchObject([
    { status: "Left early", second: "No longer in the workflow's audience" },
  ]);
});

test("of each kind the newest are shown, and that there are more", async ({ tx }) => {
  const [member, coach] = [await createMember(tx), await createMember(tx, { role: "staff", firstName: "Jo" })];
  for (let entry = 1; entry <= 11; entry++) {
    await tx.insert(creditEntries).values({ memberId: member.id, amount: entry, reason: `Entry ${entry}` });
  }
  await tx.insert(creditEntries).values({ memberId: coach.id, amount: 500, reason: "Somebody else's" });
  const about = { assigneeId: coach.id, relatedMemberId: member.id };
  await tx.insert(staffTasks).values([
    { ...about, description: "Call", dueDate: "2026-11-21" },
    { ...about, description: "Write", dueDate: "2026-11-22" },
  ]);
  const offer = { memberId: member.id, appliedOn: "2026-01-01" };
  await tx.insert(memberOffers).values([
    { ...offer, offerCode: "OLD", expiryDate: "2026-11-21" },
    { ...offer, offerCode: "NEW", expiryDate: "2026-11-22" },
  ]);
  const { credits, balance, tasks, offers, runs, messages } = await readHistory(tx, member.id, clock);
  expect(credits.rows.map(({ status }) => status).slice(0, 2)).toEqual(["+11", "+10"]);
  expect([credits.rows.length, credits.hasMore, balance]).toEqual([10, true, "66"]);
  expect(tasks.rows.map(({ title, status }) => [title, status])).toEqual([
    ["Write", "Open"],
    ["Call", "Overdue"],
  ]);
  expect(offers.rows.map(({ title, status }) => [title, status])).toEqual([
    ["NEW", "Open"],
    ["OLD", "Expired"],
  ]);
  expect([runs, messages]).toEqual([
    { rows: [], hasMore: false },
    { rows: [], hasMore: false },
  ]);
});

test("what may be sent: each choice with what was said last, and addresses to which nothing goes", async ({ tx }) => {
  const member = await createMember(tx, { email: "ada@example.ch", phone: "+41 (0)79 123 45 67" });
  await tx.insert(consentEvents).values({
    ...{ memberId: member.id, channel: "email", class: "marketing", isGranted: false, source: "one_click" },
    createdAt: new Date("2026-11-20T10:00:00Z"),
  });
  await tx.insert(suppressions).values([
    { channel: "email", reason: "bounced", addressHash: sql`encode(sha256('ada@example.ch'), 'hex')` },
    { channel: "sms", reason: "requested", addressHash: sql`encode(sha256('+41791234567'), 'hex')` },
  ]);
  const { consents, stops } = await readFacts(tx, await profileOf(tx, member), clock);
  expect(consents).toHaveLength(6);
  expect(consents[0]).toMatchObject({
    name: "Email, marketing",
    word: "No",
    last: "Refused 20 Nov 2026, 11:00: the mail program's button",
  });
  expect(consents.find(({ name }) => name === "Email, service")).toMatchObject({ word: "Yes", last: "Said nothing" });
  expect(stops).toEqual([
    "Nothing goes to this email address: messages to it bounced.",
    "Nothing goes to this phone number: somebody there asked for it.",
  ]);
});

test("a risk is shown with its reasons, and not for whoever objected", async ({ tx }) => {
  const member = await createMember(tx);
  const score = { memberId: member.id, score: 0.72, scoredAt: clock.now, modelVersion: "test" };
  await recordRiskScores(tx, [{ ...score, reasons: ["Came less than before"] }]);
  const { risk } = await readFacts(tx, await profileOf(tx, member), clock);
  expect(risk).toMatchObject({
    name: "High",
    reasons: ["Came less than before"],
    figure: "72 of 100, scored today, 04:00",
  });
  await tx.update(users).set({ profilingObjectedAt: clock.now });
  expect((await readFacts(tx, await profileOf(tx, member), clock)).risk).toMatchObject({ name: null, reasons: [] });
});

test("a year of visits: every day once, today the last, no-shows and older ones left out", async ({ tx }) => {
  const noShow = { visitedAt: new Date("2026-11-21T11:00:00Z"), kind: "no_show" as const };
  const twice = { visitedAt: new Date("2026-11-20T17:00:00Z"), kind: "class" as const, className: "Yoga" };
  const member = await createMember(tx, { visits: ["2020-02-01", "2026-11-20", twice, noShow, "2026-03-02"] });
  const { weeks, months, summary } = await readVisits(tx, await profileOf(tx, member), clock);
  const days = weeks.flatMap(({ days }) => days).filter((day) => day !== null);
  expect([days[0]?.day, days.at(-1)?.day, days.length]).toEqual(["2025-11-17", "2026-11-22", 371]);
  expect(days.filter(({ visits }) => visits > 0)).toEqual([
    { day: "2026-03-02", visits: 1, label: "2 Mar 2026: 1 visit" },
    { day: "2026-11-20", visits: 2, label: "20 Nov 2026: 2 visits" },
  ]);
  expect([months[0]?.name, months.at(-1)]).toEqual(["Dec", { name: "Nov", visits: 2 }]);
  expect(summary).toBe("3 in 12 months, 4 in all, last 20 Nov 2026");
});

test("staff, nobody, and a record that was merged are no members of their own", async ({ tx }) => {
  const [kept, coach] = [await createMember(tx), await createMember(tx, { role: "staff" })];
  const dropped = await createMember(tx, { mergedIntoId: kept.id, erasedAt: clock.now });
  expect(await findMemberProfile(tx, coach.id)).toBeNull();
  expect(await findMemberProfile(tx, 999_999_999)).toBeNull();
  expect(await findMemberProfile(tx, dropped.id)).toMatchObject({ mergedIntoId: kept.id });
});
