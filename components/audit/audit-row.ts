/** Null where there was nothing. */
export type AuditChange = { name: string; before: string | null; after: string | null };

export type AuditRow = {
  id: number;
  /** "today, 14:02:11". */
  at: string;
  actor: string;
  words: string;
  subject: string | null;
  href: string | null;
  /** From where, if it is known. */
  ip: string | null;
  changes: AuditChange[];
};
