import type { ActionResult } from "#lib/action-result";

export type StaffRole = "staff" | "admin";

export type StaffPerson = {
  id: number;
  name: string;
  email: string | null;
  role: StaffRole;
  /** "Away until 3 Dec 2026". */
  away: string | null;
  openTasks: number;
  /** When they last looked, in words; null while they are signed out. */
  seen: string | null;
};

export type StaffActions = {
  add: (input: {
    token: string;
    firstName: string;
    lastName: string;
    email: string;
    role: StaffRole;
  }) => Promise<ActionResult<string>>;
  changeRole: (input: { userId: number; from: StaffRole; to: StaffRole }) => Promise<ActionResult<null>>;
  remove: (input: { userId: number; tasksTo: number | null }) => Promise<ActionResult<null>>;
};
