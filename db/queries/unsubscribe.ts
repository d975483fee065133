import type { Db } from "../client.ts";
import { type AnswerSource, recordAnswers } from "./preferences.ts";

/** No more advertising by email. The mail program's own button shows no sentence of ours, so there is none to keep. */
export const unsubscribe = (db: Db, memberId: number, source: AnswerSource, wording: string | null = null) =>
  recordAnswers(db, memberId, [{ channel: "email", class: "marketing", isGranted: false, wording }], source);
