import { expect, test } from "vitest";
import { atRevision, draft, token, trial } from "./draft-input.ts";

const sound = {
  name: "Win back",
  description: "",
  cooldownPeriodDays: 7,
  trigger: { type: "birthday" },
  steps: [],
  context: {},
  exitWhen: [],
};

test("B56: a draft is taken with whatever its parts are", () => {
  expect(draft.parse(sound)).toEqual(sound);
  for (const part of [null, 5, "text", [], [[]], { a: { b: [] } }]) {
    const strange = { ...sound, trigger: part, steps: part, context: part, exitWhen: part, cooldownPeriodDays: null };
    expect(draft.parse(strange)).toEqual(strange);
  }
});

const wrong: [string, unknown][] = [
  ["nothing", undefined],
  ["null", null],
  ["a text", "draft"],
  ["a list", [sound]],
  ["an object for the name", { ...sound, name: { toString: "x" } }],
  ["no name", { ...sound, name: undefined }],
  ["a text for the cooldown", { ...sound, cooldownPeriodDays: "7" }],
  ["NaN for the cooldown", { ...sound, cooldownPeriodDays: Number.NaN }],
  ["a file for the description", { ...sound, description: new File(["x"], "x.txt") }],
  ["another field", { ...sound, isEnabled: true }],
  [
    "a thousand more fields",
    { ...sound, ...Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`f${i}`, i])) },
  ],
  ["a prototype", JSON.parse('{"name":"x","__proto__":{"isAdmin":true}}')],
];

test.for(wrong)("B56: %s is no draft", ([, value]) => {
  expect(draft.safeParse(value).success).toBe(false);
});

test("B56: ids, revisions, days and tokens are what they should be", () => {
  const at = { workflowId: 1, revision: 1 };
  expect(atRevision.safeParse(at).success).toBe(true);
  for (const bad of [0, -1, 1.5, "1", null, [1], 2 ** 53, { $gt: 0 }]) {
    expect(atRevision.safeParse({ ...at, workflowId: bad }).success).toBe(false);
    expect(atRevision.safeParse({ ...at, revision: bad }).success).toBe(false);
  }
  const asked = { workflowId: 1, draft: sound, memberId: 1, date: "2026-11-22" };
  expect(trial.safeParse(asked).success).toBe(true);
  for (const date of ["2027-02-29", "infinity", "20260-01-01", "", "22.11.2026", 5, null]) {
    expect(trial.safeParse({ ...asked, date }).success).toBe(false);
  }
  for (const bad of ["", "x", 5, null, "../../etc", `${crypto.randomUUID()}x`]) {
    expect(token.safeParse(bad).success).toBe(false);
  }
});
