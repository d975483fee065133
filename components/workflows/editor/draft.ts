/** A trigger, action or condition as it is stored: its type, and what it was given. */
export type Entry = { type: string; params: Record<string, unknown> };

export type ContextValues = Record<string, string | number | boolean | null>;

export type DraftCondition = Entry | { all: DraftCondition[] } | { any: DraftCondition[] } | { not: DraftCondition };

export type Wait = { days?: number; hours?: number; minutes?: number };

export type Branch = { if: DraftCondition; then: DraftStep[]; else: DraftStep[] };

export type DraftStep = { id: number; context?: ContextValues } & (
  | { action: Entry }
  | { wait: Wait }
  | { branch: Branch }
);

/** A workflow while it is edited: the stored shape, finished or not. What is wrong with it is told beside it. */
export type Draft = {
  name: string;
  description: string;
  /** Null while its field is empty. */
  cooldownPeriodDays: number | null;
  trigger: Entry;
  steps: DraftStep[];
  context: ContextValues;
  exitWhen: DraftCondition[];
};

export type Side = "then" | "else";
