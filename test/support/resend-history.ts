import type { Letter } from "./resend-server.ts";

type Kept = { id: string; letter: Letter; createdAt: Date; lastEvent: string };

/** What Resend lists of the emails that it took, by its documentation: newest first, a page after an id, no tags. */
export function createResendHistory(now: () => Date) {
  let kept: Kept[] = [];

  const summary = ({ id, letter, createdAt, lastEvent }: Kept) => ({
    id,
    to: letter.to,
    from: letter.from,
    subject: letter.subject,
    // As their examples have it.
    created_at: createdAt.toISOString().replace("T", " ").replace("Z", "+00"),
    last_event: lastEvent,
  });

  function list(search: URLSearchParams) {
    const newestFirst = kept.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime()).toReversed();
    const after = search.get("after");
    const place = newestFirst.findIndex(({ id }) => id === after);
    if (after !== null && place < 0) {
      return { status: 404, content: { statusCode: 404, name: "not_found", message: "Email not found" } };
    }
    const limit = Number(search.get("limit") ?? 20);
    const page = newestFirst.slice(place + 1, place + 1 + limit);
    const hasMore = place + 1 + page.length < newestFirst.length;
    return { status: 200, content: { object: "list", has_more: hasMore, data: page.map(summary) } };
  }

  return {
    add(id: string, letter: Letter) {
      kept.push({ id, letter, createdAt: now(), lastEvent: "sent" });
    },
    answer(path: string): { status: number; content: object } {
      const { pathname, searchParams } = new URL(path, "http://resend");
      if (pathname === "/emails") {
        return list(searchParams);
      }
      const email = kept.find(({ id }) => pathname === `/emails/${id}`);
      return email
        ? { status: 200, content: { object: "email", ...summary(email), tags: email.letter.tags } }
        : { status: 404, content: { statusCode: 404, name: "not_found", message: "Email not found" } };
    },
    /** The emails' ids by the numbers that they carry. */
    ids: () => new Map(kept.map(({ id, letter }) => [Number(letter.tags[0]?.value), id])),
    /** Something becomes of the email that carries this number. */
    happen(messageId: number, lastEvent: string) {
      kept = kept.map((email) => (email.letter.tags[0]?.value === String(messageId) ? { ...email, lastEvent } : email));
    },
    /** What is older is no longer listed. */
    forgetBefore(instant: Date) {
      kept = kept.filter(({ createdAt }) => createdAt >= instant);
    },
  };
}
