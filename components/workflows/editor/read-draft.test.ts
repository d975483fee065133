import { expect, test } from "vitest";
import { readDraft } from "./read-draft.ts";

const head = { name: "Win back", description: "", cooldownPeriodDays: 7, context: {}, exitWhen: [] };
const wait = (id: number) => ({ id, wait: { days: 1 } });
const branch = (id: number, ...steps: unknown[]) => ({
  id,
  branch: { if: { type: "renewed", params: {} }, then: steps, else: [] },
});
const read = (steps: unknown, trigger: unknown = { type: "birthday" }) => readDraft({ ...head, trigger, steps });

test("what is unknown or wrong within its shape is shown, for somebody to put right", () => {
  const steps = [{ id: 1, action: { type: "send_pigeon", params: { to: [] } } }, branch(2, wait(3))];
  expect(read(steps, { type: "full_moon" })).toEqual({
    ...head,
    trigger: { type: "full_moon", params: {} },
    steps,
  });
  expect(read([], {})).toMatchObject({ trigger: { type: "", params: {} } });
});

test.each([
  ["B9: a step of no kind", [{ id: 1, jump: 3 }]],
  ["B9: no list of steps", { 0: wait(1) }],
  ["B9: an action without parameters", [{ id: 1, action: { type: "add_tag" } }]],
  ["B8: a step without an id", [{ wait: { days: 1 } }]],
  ["B8: an id that is used twice, branches included", [wait(1), branch(2, wait(1))]],
  ["B14: lists nested deep", JSON.parse(`${"[".repeat(1_000)}${"]".repeat(1_000)}`)],
])("%s is no draft that the canvas can show", (_, steps) => {
  expect(read(steps)).toBeNull();
});
