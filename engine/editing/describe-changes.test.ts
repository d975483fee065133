import { expect, test } from "vitest";
import { branchStep } from "../../test/support/factories.ts";
import { tagStep } from "../../test/support/refusal.ts";
import { describeChanges } from "./describe-changes.ts";
import type { Draft } from "./draft.ts";

const before: Draft = {
  name: "Win back",
  description: "",
  cooldownPeriodDays: 7,
  trigger: { type: "low_engagement", params: { inactive_days: 30 } },
  steps: [
    tagStep(1),
    { id: 2, wait: { days: 3 } },
    branchStep(3, { type: "has_tag", params: { tag: "vip" } }, [tagStep(4), tagStep(5)]),
  ],
  context: { season: "Winter" },
  exitWhen: [{ type: "visited_since_start", params: {} }],
};

const names = (pick: string, id: number) => (pick === "email_template" && id === 7 ? "Absence" : undefined);

const tell = (after: Partial<Draft>, from = before) =>
  describeChanges(from, { ...from, ...after }, names).map(({ of, kind, words }) => `${of} ${kind}: ${words}`);

test("what is the same, however it is written, is no change", () => {
  expect(tell({})).toEqual([]);
  expect(
    tell({ trigger: { params: { min_activity_level: "low", inactive_days: 30 }, type: "low_engagement" } }),
  ).toEqual([]);
  expect(tell({ steps: (before.steps as object[]).map((step) => ({ context: {}, ...step })) })).toEqual([]);
});

test("name, cooldown, trigger, values and exits are told from one to the other", () => {
  const after = {
    name: "Come back",
    description: "For those who left",
    cooldownPeriodDays: 1,
    trigger: { type: "birthday" },
    context: { team: "Red" },
    exitWhen: [{ not: { any: [{ type: "visited_within", params: { days: 8 } }, { type: "membership_renewed" }] } }],
  };
  expect(tell(after)).toEqual([
    "name changed: Name: Win back → Come back",
    "description changed: Description",
    "cooldown changed: Cooldown: 7 days → 1 day",
    "trigger changed: When a member has not come for 30 days → When a member has a birthday",
    "context removed: Value “season”",
    "context added: Value “team”",
    "exit added: Ends when: not (Has come lately: 8 days or Has renewed)",
    "exit removed: Ends when: Has come since",
  ]);
});

test("steps are told apart by their ids, in branches too", () => {
  const mail = { id: 9, action: { type: "send_email", params: { template_id: 7 } } };
  const lost = { id: 10, action: { type: "send_email", params: { template_id: 8 } } };
  const steps = [
    { id: 2, wait: { days: 5, hours: 1 } },
    branchStep(3, { type: "has_tag", params: { tag: "gold" } }, [tagStep(5), mail], [lost]),
    { ...tagStep(1), context: { team: "Red" } },
  ];
  expect(tell({ steps })).toEqual([
    "step changed: Wait 3 days → Wait 5 days 1 hour",
    "step changed: Decide: Has a tag: vip → Decide: Has a tag: gold",
    "step added: Send an email: Absence",
    "step added: Send an email: Template 8",
    "step changed: Add a tag: x: its values",
    "step moved: Add a tag: x",
    "step removed: Add a tag: x",
  ]);
});

test("as few steps as explain the new order have moved", () => {
  const list = (...ids: number[]) => ids.map(tagStep);
  const moved = (from: number[], to: number[]) =>
    describeChanges({ ...before, steps: list(...from) }, { ...before, steps: list(...to) }, names).map(
      ({ stepId }) => stepId,
    );
  expect(moved([1, 2, 3, 4, 5], [2, 3, 4, 5, 1])).toEqual([1]);
  expect(moved([1, 2, 3, 4, 5], [5, 1, 2, 3, 4])).toEqual([5]);
  expect(moved([1, 2, 3], [1, 3, 2])).toHaveLength(1);
  const inside = [branchStep(1, {}, [tagStep(2)], [tagStep(3)])];
  const other = [branchStep(1, {}, [], [tagStep(3), tagStep(2)])];
  expect(describeChanges({ ...before, steps: inside }, { ...before, steps: other }, names)).toMatchObject([
    { kind: "moved", stepId: 2 },
  ]);
});

const nest = (levels: number) => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);

test("whatever was stored, something is said", () => {
  expect(tell({ trigger: null, steps: [null, { id: "x" }, { id: 1, branch: 3 }], exitWhen: 5, context: [] })).toContain(
    "trigger changed: When a member has not come for 30 days → a trigger that is not complete (none chosen)",
  );
  expect(tell({ trigger: { type: "full_moon" }, steps: {} }).join()).toContain(
    "a trigger that is not complete (full_moon)",
  );
  expect(tell({ steps: nest(10_000) })).toEqual(["step changed: One of the two is too large to be compared"]);
});
