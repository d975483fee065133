import type { ActionResult } from "#lib/action-result";

export type UnconfirmedMessage = {
  id: number;
  subject: string;
  workflow: string | null;
  /** The member's name, else the address. */
  to: string;
  address: string | null;
  channel: string;
  tried: string;
  why: string;
  error: string | null;
  /** How often somebody had it sent again before. */
  sentAgain: number;
  /** The provider's name if it can be asked what became of it. */
  askable: string | null;
};

/** `wasOpen` is false when somebody had decided before. */
type Decide = (input: { messageId: number }) => Promise<ActionResult<{ wasOpen: boolean }>>;

/** `requestId`: whose answer to wait for; null when somebody had decided before. */
type Check = (input: { messageId: number }) => Promise<ActionResult<{ requestId: number | null }>>;

export type UnconfirmedActions = { confirmArrival: Decide; sendAgain: Decide; checkWithProvider: Check };
