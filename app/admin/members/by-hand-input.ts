import { z } from "zod";
import { grantCredits } from "#engine/actions/grant-credits";
import { offerDiscount } from "#engine/actions/offer-discount";
import { describeUnstorable } from "#lib/storable";

const memberId = z.int().positive();
/** A form brings it along: sent twice, it is done once. */
const token = z.uuid();

const text = (most: number) =>
  z
    .string("Type a text")
    .trim()
    .max(most, `${most} characters at most`)
    .superRefine((value, check) => {
      const problem = describeUnstorable(value);
      if (problem) {
        check.addIssue({ code: "custom", message: `This ${problem}` });
      }
    });

export const tagging = z.strictObject({ memberId, tag: text(50).min(1, "Type a tag") });

export const enrolment = z.strictObject({
  memberId,
  token,
  workflowId: z.int("Choose a workflow").positive("Choose a workflow"),
});

export const credits = z.strictObject({
  memberId,
  token,
  amount: grantCredits.params.shape.amount,
  reason: text(500).min(1, "Say what for: the member reads it"),
});

const days = "1 to 3,650 days";

export const offer = z.strictObject({
  memberId,
  token,
  code: offerDiscount.params.shape.offer_code,
  description: text(2_000),
  durationDays: z.int(days).min(1, days).max(3_650, days),
});

export const task = z.strictObject({
  memberId,
  token,
  assigneeId: z.int("Choose who does it").positive("Choose who does it"),
  description: text(2_000).min(1, "Say what to do"),
  priority: z.enum(["low", "medium", "high"], "Choose a priority"),
  dueOn: z.iso.date("Choose a day"),
});

export const erasure = z.strictObject({
  memberId,
  token,
  typed: text(254).min(1, "Type the name or the email address"),
});
