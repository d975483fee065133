import { expect, test } from "vitest";
import { describeLookUp } from "./describe-look-up.ts";

const clock = { now: new Date("2026-11-22T11:00:00Z"), today: "2026-11-22", timeZone: "Europe/Zurich" };
const found = (event: string) =>
  describeLookUp({ outcome: "found", provider: "resend", takenAt: "2026-11-22T09:02:00Z", event }, clock);

test("E74: the answer is said plainly", () => {
  expect(found("delivered")).toBe("Resend took it today, 10:02; it was delivered.");
  expect(found("sent")).toBe("Resend took it today, 10:02; nothing more is known yet.");
  expect(describeLookUp({ outcome: "not_known", provider: "twilio" }, clock)).toBe(
    "Twilio does not know it, so it has not left. You can send it again.",
  );
  expect(describeLookUp({ outcome: "unclear", provider: "resend", error: "Its list ends before that" }, clock)).toBe(
    "Resend cannot tell. Its list ends before that.",
  );
});
