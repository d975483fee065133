/** A gym as the oracle sees it: what is known of members, what is configured, and which days come to pass. */
export type Visit = { at: Date; kind: "checkin" | "class" | "no_show" };

export type Member = {
  id: number;
  role: "member" | "staff";
  status: "active" | "frozen" | "cancelled";
  joinedOn: string | null;
  bornOn: string | null;
  lastFreezeEndedOn: string | null;
  /** The last day of the pause. */
  pausedUntil: string | null;
  isErased: boolean;
  memberships: { startsOn: string; endsOn: string | null }[];
  visits: Visit[];
  scores: { score: number; at: Date }[];
};

export type Trigger =
  | {
      type: "low_engagement";
      params: { inactive_days: number; min_activity_level: "low" | "medium" | "high" };
    }
  | { type: "high_retention_risk"; params: { risk_score_threshold: number } }
  | { type: "membership_expiry_upcoming"; params: { days_before: number } }
  | { type: "milestone_achieved"; params: { type: "classes_attended" | "anniversary"; value: number } }
  | { type: "new_member_welcome"; params: { days_since_join: number } }
  | { type: "birthday"; params: Record<string, never> };

export type Workflow = {
  id: number;
  trigger: Trigger;
  cooldownDays: number;
  enabledOn: string;
  /** At the switch: also those who match now. Otherwise they become the baseline. */
  includesCurrent: boolean;
  /** How many days after its start a run ends, before that day's sweep; with 0 it ends before anything else happens. */
  runDays: number;
};

/** What becomes of a member before a day's sweep. */
export type Change = { memberId: number } & (
  | { set: Partial<Pick<Member, "status" | "joinedOn" | "lastFreezeEndedOn" | "pausedUntil" | "isErased">> }
  | { visit: Visit }
  | { score: { score: number; at: Date } }
  | { membership: { startsOn: string; endsOn: string | null } }
);

/** One gym day: changes arrive, workflows are switched on, then the worker sweeps once, twice or, being down, never. */
export type GymDay = { day: string; switchedAt: Date; now: Date; changes: Change[]; sweeps: number };

export type Gym = { timeZone: string; members: Member[]; workflows: Workflow[]; days: GymDay[] };

export type Run = {
  workflowId: number;
  memberId: number;
  occurrence: string | null;
  startedOn: string;
  kind: "started" | "expired_too_late";
};

/** `matched` is the sum of the five that follow. */
export type Counts = {
  matched: number;
  answered: number;
  baseline: number;
  cooldown: number;
  /** By the brake. The oracle knows none, and its gyms have none. */
  held: number;
  started: number;
  missed: number;
};

export type SweepResult = { day: string; workflowId: number; counts: Counts; runs: Run[] };
