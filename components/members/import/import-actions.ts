import type { ActionResult } from "#lib/action-result";

type Answer<Data = null> = Promise<ActionResult<Data>>;

export type ImportKind = "members" | "visits" | "memberships" | "risk";
export type DateOrder = "dmy" | "mdy";

/** What an admin can do with a file. */
export type ImportActions = {
  bring(input: { kind: ImportKind; fileName: string; bytes: number }): Answer<{ importId: number }>;
  /** Told when all pieces have been sent. */
  read(input: { importId: number }): Answer;
  check(input: { importId: number; columns: (string | null)[]; dates: DateOrder | null }): Answer;
  begin(input: { importId: number }): Answer;
  cancel(input: { importId: number }): Answer<{ isForgotten: boolean }>;
};

export const kindTitles: Record<ImportKind, string> = {
  members: "Members",
  visits: "Visits",
  memberships: "Memberships",
  risk: "Risk scores",
};
