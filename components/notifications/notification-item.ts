import type { ActionLink } from "#lib/action-url";

export type NotificationItem = {
  id: number;
  title: string;
  body: string;
  icon: string;
  link: ActionLink | null;
  /** The member's calendar day, `YYYY-MM-DD`, and the same in the member's language. */
  day: string;
  dayLabel: string;
  /** Wall-clock time there. */
  time: string;
  isRead: boolean;
};

export type NotificationPage = {
  items: NotificationItem[];
  /** Where the next older page begins; null on the last one. */
  nextBeforeId: number | null;
  /** The member's calendar day at the time of asking. */
  today: string;
};

type Answer = Promise<{ ok: true; data: null } | { ok: false; message: string }>;

export type NotificationActions = {
  markRead(input: { id: number }): Answer;
  markUnread(input: { id: number }): Answer;
  markAllRead(input: { throughId: number }): Answer;
  dismiss(input: { id: number }): Answer;
  restore(input: { id: number }): Answer;
};
