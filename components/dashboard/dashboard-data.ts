/** Something that waits for somebody, and where they can do it. */
export type AttentionItem = {
  id: string;
  /** Nothing goes on until it is done; else it can wait for the day. */
  isUrgent: boolean;
  title: string;
  detail: string | null;
  href: string;
  /** What is done there. */
  action: string;
};

export type MemberGroupData = {
  id: string;
  title: string;
  total: number;
  /** What stands there while there is nobody. */
  empty: string;
  members: { id: number; name: string; note: string }[];
  /** The list of all of them, where there is one. */
  href: string | null;
};

export type DashboardTask = {
  id: number;
  description: string;
  /** Whom it is about and who does it, in words. */
  about: string | null;
  href: string | null;
  due: string;
  isOverdue: boolean;
};

/** A gym day's messages. */
export type DayFigures = { day: string; label: string; sent: number; returned: number };

/** Null: nobody tells. */
export type ChannelFigures = {
  channel: string;
  sent: number;
  delivered: number | null;
  opened: number | null;
  returned: number;
};

export type AutomationData = { days: DayFigures[]; channels: ChannelFigures[]; counted: string };
