import type { ActionResult } from "#lib/action-result";

type Answer<Data = null> = Promise<ActionResult<Data>>;
type Form<Fields> = Fields & { memberId: number; token: string };

/** What an admin can do for a member. Forms carry a token, under which they are done once. */
export type MemberActions = {
  addTag(input: { memberId: number; tag: string }): Answer;
  removeTag(input: { memberId: number; tag: string }): Answer;
  enrol(input: Form<{ workflowId: number }>): Answer<{ requestId: number }>;
  grantCredits(input: Form<{ amount: number; reason: string }>): Answer;
  giveOffer(input: Form<{ code: string; description: string; durationDays: number }>): Answer;
  createTask(
    input: Form<{ assigneeId: number; description: string; priority: "low" | "medium" | "high"; dueOn: string }>,
  ): Answer;
  erase(input: Form<{ typed: string }>): Answer;
};
