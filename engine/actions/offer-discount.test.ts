import { expect } from "vitest";
import { memberOffers, offerCodes } from "#db/schema/index";
import { act, refusalsOf, startRuns } from "../../test/support/act.ts";
import { test } from "../../test/support/database.ts";
import { clockAt, createMember, createWorkflow } from "../../test/support/factories.ts";

const clock = clockAt("2026-11-22");
const type = "offer_discount";
const step = (params: Record<string, unknown>, workflowId: number, at = clock) => ({
  type,
  params: { offer_code: "SAVE20", ...params },
  workflowId,
  clock: at,
});

test("an offer says what it is, in the member's language, and until when", async ({ tx }) => {
  const member = await createMember(tx, { firstName: "Lea", language: "de", joinDate: "2020-03-17" });
  const { id: workflowId } = await createWorkflow(tx);
  const batch = await startRuns(tx, workflowId, [member.id], clock);
  const description = "{{ member_first_name }}, dabei seit {{ join_date }}: {{ gym_name }} dankt.";
  const params = { description, duration_days: 10 };
  expect(await act(tx, batch, step(params, workflowId))).toMatchObject([{ outcome: "done" }]);
  expect(await act(tx, batch, step(params, workflowId))).toMatchObject([{ outcome: "done" }]);
  expect(await tx.select().from(memberOffers)).toMatchObject([
    {
      offerCode: "SAVE20",
      description: "Lea, dabei seit 17. März 2020: Training Club dankt.",
      appliedOn: "2026-11-22",
      expiryDate: "2026-12-02",
      isUsed: false,
      appliedAt: clock.now,
    },
  ]);
});

test("E84: a code is open once per member, whoever gives it; another code may be beside it", async ({ tx }) => {
  const member = await createMember(tx);
  const [one, two] = [await createWorkflow(tx), await createWorkflow(tx)];
  const first = await startRuns(tx, one.id, [member.id], clock);
  const second = await startRuns(tx, two.id, [member.id], clock);
  expect(await act(tx, first, step({ duration_days: 3 }, one.id))).toMatchObject([{ outcome: "done" }]);
  const again = [{ outcome: "skipped", reason: "has_offer" }];
  expect(await act(tx, second, step({}, two.id))).toMatchObject(again);
  expect(await act(tx, second, step({}, two.id, clockAt("2026-11-25")))).toMatchObject(again);
  expect(await act(tx, second, step({ offer_code: "OTHER" }, two.id))).toMatchObject([{ outcome: "done" }]);
  expect(await tx.select().from(memberOffers)).toHaveLength(2);
});

test.for([
  ["ran out", { at: clockAt("2026-11-26") }],
  ["was used", { at: clock }],
] as const)("E84: the code is given again once the first %s", async ([, { at }], { tx }) => {
  const member = await createMember(tx);
  const [one, two] = [await createWorkflow(tx), await createWorkflow(tx)];
  await act(tx, await startRuns(tx, one.id, [member.id], clock), step({ duration_days: 3 }, one.id));
  if (at === clock) {
    await tx.update(memberOffers).set({ isUsed: true, usedAt: clock.now });
  }
  const second = await startRuns(tx, two.id, [member.id], at);
  expect(await act(tx, second, step({}, two.id, at))).toMatchObject([{ outcome: "done" }]);
});

test.for([
  ["used up", { remaining: 0 }, "The code SAVE20 is used up"],
  ["expired", { expiresOn: "2026-11-21" }, "The code SAVE20 expired on 2026-11-21"],
  ["archived", { archivedAt: clock.now }, "The code SAVE20 was archived"],
] as const)("E83: a code that is %s fails the step and leaves no half offer", async ([, code, error], { tx }) => {
  const member = await createMember(tx);
  const { id: workflowId } = await createWorkflow(tx);
  await tx.insert(offerCodes).values({ code: "SAVE20", ...code });
  const batch = await startRuns(tx, workflowId, [member.id], clock);
  expect(await act(tx, batch, step({}, workflowId))).toMatchObject([{ outcome: "failed", error }]);
  expect(await tx.select().from(memberOffers)).toEqual([]);
});

test("E83: on its last day a code is given, and an offer that was given before counts once", async ({ tx }) => {
  const member = await createMember(tx);
  const { id: workflowId } = await createWorkflow(tx);
  await tx.insert(offerCodes).values({ code: "SAVE20", remaining: 1, expiresOn: clock.today });
  const batch = await startRuns(tx, workflowId, [member.id], clock);
  expect(await act(tx, batch, step({}, workflowId))).toMatchObject([{ outcome: "done" }]);
  expect(await act(tx, batch, step({}, workflowId))).toMatchObject([{ outcome: "done" }]);
  expect(await tx.select().from(offerCodes)).toMatchObject([{ remaining: 0 }]);
});

test("an empty batch takes nothing; a member who is in it twice gets one offer", async ({ tx }) => {
  const member = await createMember(tx);
  const [one, two] = [await createWorkflow(tx), await createWorkflow(tx)];
  await tx.insert(offerCodes).values({ code: "SAVE20", remaining: 5 });
  const batch = [
    ...(await startRuns(tx, one.id, [member.id], clock)),
    ...(await startRuns(tx, two.id, [member.id], clock)),
  ];
  expect(await act(tx, [], step({}, one.id))).toEqual([]);
  expect(await act(tx, batch, step({}, one.id))).toMatchObject([
    { outcome: "done" },
    { outcome: "skipped", reason: "has_offer" },
  ]);
  expect(await tx.select().from(offerCodes)).toMatchObject([{ remaining: 4 }]);
});

test.for([
  [{}, "offer_code", expect.stringContaining("An offer needs a code")],
  [{ offer_code: " " }, "offer_code", expect.stringContaining("An offer needs a code")],
  [{ offer_code: "TWO WORDS" }, "offer_code", expect.stringContaining("Code: Letters, digits, - and _ alone")],
  [
    { offer_code: "'; drop table users" },
    "offer_code",
    expect.stringContaining("Code: Letters, digits, - and _ alone"),
  ],
  [{ offer_code: "A".repeat(51) }, "offer_code", expect.stringContaining("50")],
  [{ offer_code: "A", duration_days: 0 }, "duration_days", expect.any(String)],
  [{ offer_code: "A", duration_days: -1 }, "duration_days", expect.any(String)],
  [{ offer_code: "A", duration_days: 10_000 }, "duration_days", expect.any(String)],
] as const)("B32: %j is refused", ([params, field, message]) => {
  expect(refusalsOf(type, params)).toEqual({ [`params.${field}`]: message });
});

test("B32: a code whose case alone differs is the same code", async ({ tx }) => {
  const member = await createMember(tx);
  const { id: workflowId } = await createWorkflow(tx);
  const batch = await startRuns(tx, workflowId, [member.id], clock);
  await act(tx, batch, step({ offer_code: " save_20-x" }, workflowId));
  expect(await tx.select().from(memberOffers)).toMatchObject([{ offerCode: "SAVE_20-X", expiryDate: "2026-12-22" }]);
});
