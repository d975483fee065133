import type { ToneName } from "../ui/tone.tsx";

/** A member as the list shows them. */
export type MemberRow = {
  id: number;
  name: string;
  /** How to reach them: address and phone, as far as there are any. */
  contact: string;
  state: string;
  stateTone: ToneName;
  /** What is not the usual about the state. */
  stateNote: string | null;
  level: string | null;
  trainer: string | null;
  lastVisit: string;
  risk: { name: string; tone: ToneName } | null;
  tags: string[];
};
