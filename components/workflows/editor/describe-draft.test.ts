import { expect, test } from "vitest";
import { describeForms } from "#engine/forms";
import { describeEntry } from "./describe-draft.ts";

const { triggers } = describeForms();
const picks = { email_template: [], in_app_template: [], sms_template: [], staff: [] };
const cardSays = (params: Record<string, unknown>) =>
  describeEntry({ type: "low_engagement", params }, triggers, picks);

test("a card says what somebody chose; where all is as usual, the first of it", () => {
  expect(cardSays({})).toBe("30 days");
  expect(cardSays({ inactive_days: 21, min_activity_level: "low" })).toBe("21 days");
  expect(cardSays({ inactive_days: 30, min_activity_level: "high" })).not.toContain("30");
});
