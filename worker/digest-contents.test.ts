import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { recordRiskScores } from "#db/queries/risk-scores";
import { communicationLogs, staffDigests } from "#db/schema/index";
import { one } from "#lib/rows";
import { test } from "../test/support/database.ts";
import { createStaff, createTask, gymClockAt, mailsOf, morning } from "../test/support/digests.ts";
import { createMember } from "../test/support/factories.ts";
import { sendDigests } from "./send-digests.ts";

const appUrl = "https://app.example";
const { today } = morning;

test("a digest holds the tasks that are due, one's members at risk and today's birthdays, and nothing of others", async ({
  tx,
}) => {
  const trainer = await createStaff(tx);
  const other = await createStaff(tx);
  const theirs = { primaryTrainerId: trainer.id, visits: ["2026-11-20"] };
  const mara = await createMember(tx, { ...theirs, firstName: "Mara", lastName: "Moser" });
  await createMember(tx, { ...theirs, firstName: "Silent", lastName: "One", visits: ["2026-10-01"] });
  await createMember(tx, { ...theirs, firstName: "Born", lastName: "Today", birthDate: "1992-11-24" });
  await createMember(tx, { ...theirs, firstName: "Born", lastName: "Yesterday", birthDate: "1992-11-23" });
  await createMember(tx, { ...theirs, primaryTrainerId: other.id, firstName: "Else", birthDate: "1992-11-24" });
  await recordRiskScores(tx, [
    {
      memberId: mara.id,
      score: 0.824,
      scoredAt: morning.now,
      reasons: ["Visits halved", "No class"],
      modelVersion: "1",
    },
  ]);
  await createTask(tx, trainer.id, { relatedMemberId: mara.id, priority: "high" });
  await createTask(tx, trainer.id, { description: "Tidy up", dueDate: "2026-11-20" });
  await createTask(tx, trainer.id, { description: "Tomorrow's", dueDate: "2026-11-25" });
  await createTask(tx, trainer.id, { description: "Some day's", dueDate: null });
  await createTask(tx, trainer.id, { description: "Done", status: "completed" });
  await createTask(tx, trainer.id, { description: "Dropped", status: "cancelled" });

  expect(await sendDigests(tx, morning, appUrl)).toBe(2);
  const { subject, text } = one(await mailsOf(tx, trainer.id));
  expect(subject).toBe("Today: 2 tasks due, 2 members at risk, 1 birthday");
  expect(text).toBe(`Good morning, Nico
24 November 2026

2 tasks due
- Tidy up
  was due on 20 November 2026 · medium priority
- Call them
  due today · Mara Moser · high priority

2 members at risk
- Mara Moser
  risk 82% · Visits halved, No class
- Silent One
  54 days without a visit

1 birthday
- Born Today
  turns 34 today

-- 
You get this email in the morning because you work at Training Club.
Turn it off: https://app.example/admin/account
Training Club
`);
  expect(one(await mailsOf(tx, other.id)).subject).toBe("Today: 1 birthday");

  const message = one(await tx.select().from(communicationLogs).where(eq(communicationLogs.memberId, trainer.id)));
  expect(message).toMatchObject({
    channel: "email",
    class: "digest",
    status: "queued",
    recipient: trainer.email,
    dueAt: morning.now,
    runId: null,
  });
});

test("G26: whom a digest names is written down, so that erasing them can find it", async ({ tx }) => {
  const { id } = await createStaff(tx);
  const named = await createMember(tx, { primaryTrainerId: id, visits: ["2026-10-01"], birthDate: "1992-11-24" });
  const asked = await createMember(tx, { visits: ["2026-11-20"] });
  await createTask(tx, id, { relatedMemberId: asked.id });
  await sendDigests(tx, morning, appUrl);
  const message = one(await tx.select({ id: communicationLogs.id }).from(communicationLogs));
  const kept = one(await tx.select().from(staffDigests));
  expect(kept).toMatchObject({ userId: id, day: today, messageId: message.id });
  expect(kept.memberIds.sort()).toEqual([named.id, asked.id].sort());
});

test("it leads to pages that there are, and loads nothing", async ({ tx }) => {
  const { id } = await createStaff(tx);
  await createTask(tx, id, { description: "See https://elsewhere.example" });
  await sendDigests(tx, morning, appUrl);
  const { html } = one(await mailsOf(tx, id));
  expect(Array.from(html.matchAll(/(?:href|src)="([^"]*)"/g), ([, url]) => url)).toEqual([
    appUrl,
    `${appUrl}/admin/account`,
  ]);
});

test("of a long list the ten most urgent are named, and the rest is counted", async ({ tx }) => {
  const { id } = await createStaff(tx);
  const scores = [];
  for (let place = 0; place < 13; place++) {
    const named = { firstName: "Risk", lastName: String(place) };
    const { id: memberId } = await createMember(tx, { ...named, primaryTrainerId: id, visits: ["2026-11-20"] });
    scores.push({ memberId, score: 0.7 + place / 100, scoredAt: morning.now, reasons: [], modelVersion: "1" });
  }
  await recordRiskScores(tx, scores);
  await sendDigests(tx, morning, appUrl);
  const { subject, text } = one(await mailsOf(tx, id));
  expect(subject).toBe("Today: 13 members at risk");
  expect(text.match(/Risk \d+/g)).toEqual(
    ["12", "11", "10", "9", "8", "7", "6", "5", "4", "3"].map((n) => `Risk ${n}`),
  );
  expect(text).toContain("and 3 more");
});

test("members who are gone, away or paused do not appear, and who objected to a score has none", async ({ tx }) => {
  const { id } = await createStaff(tx);
  const silent = { primaryTrainerId: id, visits: ["2026-01-01"], birthDate: "1992-11-24" };
  const erased = await createMember(tx, { ...silent, erasedAt: new Date() });
  await createMember(tx, { ...silent, status: "frozen" });
  await createMember(tx, { ...silent, status: "cancelled" });
  await createMember(tx, { ...silent, membershipEndsOn: "2026-11-01" });
  await createMember(tx, { ...silent, pausedUntil: "2026-12-24" });
  await createTask(tx, id, { relatedMemberId: erased.id });
  const objecting = await createMember(tx, {
    primaryTrainerId: id,
    visits: ["2026-11-20"],
    profilingObjectedAt: new Date(),
  });
  await recordRiskScores(tx, [
    { memberId: objecting.id, score: 0.9, scoredAt: morning.now, reasons: [], modelVersion: "1" },
  ]);
  expect(await sendDigests(tx, morning, appUrl)).toBe(0);
});

test("E1: who was born on 29 February has a birthday on the 28th in other years", async ({ tx }) => {
  const { id } = await createStaff(tx);
  await createMember(tx, { primaryTrainerId: id, birthDate: "2000-02-29", visits: ["2028-02-20", "2027-02-20"] });
  const sentOn = (day: string) => sendDigests(tx, gymClockAt(`${day}T07:00:00Z`), appUrl);
  expect([await sentOn("2027-02-28"), await sentOn("2027-03-01")]).toEqual([1, 0]);
  expect([await sentOn("2028-02-28"), await sentOn("2028-02-29")]).toEqual([0, 1]);
});

test.for([
  ["de", "Heute: 1 Aufgabe fällig", "war am 20. November 2026 fällig · Mitglied", "hohe Priorität"],
  ["fr", "Aujourd’hui\u00a0: 1 tâche à faire", "à faire depuis le 20 novembre 2026 · Membre", "priorité haute"],
  ["it", "Oggi: 1 compito da fare", "era da fare il 20 novembre 2026 · Membro", "priorità alta"],
] as const)("in %s it speaks its reader's language", async ([language, subject, due, priority], { tx }) => {
  const { id } = await createStaff(tx, { language });
  const { id: relatedMemberId } = await createMember(tx, { firstName: "", lastName: "", visits: ["2026-11-20"] });
  await createTask(tx, id, { relatedMemberId, dueDate: "2026-11-20", priority: "high" });
  await sendDigests(tx, morning, appUrl);
  const mail = one(await mailsOf(tx, id));
  expect(mail.subject).toBe(subject);
  expect(mail.text).toContain(`${due} ${relatedMemberId} · ${priority}`);
  expect(mail.html).toContain(`lang="${language}"`);
});

test("who has no language of their own is written to in the gym's", async ({ tx }) => {
  await tx.execute(sql`update gym_settings set language = 'de'`);
  const { id } = await createStaff(tx, { language: null });
  await createTask(tx, id);
  await sendDigests(tx, morning, appUrl);
  expect(one(await mailsOf(tx, id)).subject).toMatch(/^Heute/);
});
