export const memberStates = ["active", "frozen", "ended", "cancelled"] as const;

/** How things stand between a member and the gym; one of them is true of everybody. */
export type MemberState = (typeof memberStates)[number];

export const memberStateNames: Record<MemberState, string> = {
  active: "Active",
  frozen: "Frozen",
  ended: "Ended",
  cancelled: "Cancelled",
};

type Standing = { status: "active" | "frozen" | "cancelled"; membershipEndsOn: string | null };

export function memberStateOf({ status, membershipEndsOn }: Standing, today: string): MemberState {
  return status !== "cancelled" && membershipEndsOn !== null && membershipEndsOn < today ? "ended" : status;
}
