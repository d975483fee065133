/** What a server action answers: its data, or a refusal in the user's words, by field where it is about one. */
export type ActionResult<Data> =
  | { ok: true; data: Data }
  | { ok: false; message: string; fields: Record<string, string> };
