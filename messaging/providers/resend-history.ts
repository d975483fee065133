import type { Resend } from "resend";
import { composeResendEvent, type ListedEmail } from "../events/compose-resend-event.ts";
import type { Asking, LookUpAnswer, Sought, TakenPage } from "../provider.ts";

type Emails = Pick<Resend["emails"], "list" | "get">;
type Listed = ListedEmail & { created_at: string; subject: string };

const pageSize = 100;
/** Their clock and ours may differ by that much. */
const clocksDifferMs = 2 * 60_000;
/** Most are taken at the first try; a call is repeated for a day, and any of them may be the one that came through. */
const spansMs = [5 * 60_000, 25 * 3_600_000];

/** How long Resend may take to answer a question. */
const patient = () => ({ signal: AbortSignal.timeout(10_000) });

const listPage = (emails: Emails, after: string | null) =>
  emails.list({ limit: pageSize, ...(after && { after }) }, patient());

/** A page of the emails that Resend took. Where it says no more than that it has one, nothing became of it yet. */
export async function listTakenByResend(emails: Emails, after: string | null, heardAt: Date): Promise<TakenPage> {
  const { data: page, error } = await listPage(emails, after);
  if (error) {
    throw new Error(`Resend: ${error.message}`);
  }
  const messages = page.data.map((email) => {
    const event = composeResendEvent(email, heardAt);
    const became = event && event.type !== "sent" && event.type !== "other" ? event : null;
    return { providerMessageId: email.id, takenAt: new Date(email.created_at), became };
  });
  return { messages, isLast: !page.has_more };
}

/**
 * Looks for a message among what Resend took since it was first tried: one of the same recipient and subject that carries
 * our number. It lists by nothing but order, so that the search begins at the next email of ours that it knows.
 */
export async function lookUpAtResend(emails: Emails, sought: Sought, asking: Asking): Promise<LookUpAnswer> {
  const triedAt = sought.triedAt.getTime();
  let from = triedAt - clocksDifferMs;
  for (const span of spansMs) {
    const until = triedAt + span;
    const answer = await searchSpan(emails, sought, asking, { from, until });
    if (answer.outcome !== "not_known") {
      return answer;
    }
    from = until;
  }
  return { outcome: "not_known" };
}

type Span = { from: number; until: number };

async function searchSpan(emails: Emails, sought: Sought, asking: Asking, span: Span): Promise<LookUpAnswer> {
  let after = await asking.idSince(new Date(span.until + clocksDifferMs));
  for (;;) {
    if (!(await asking.mayAsk())) {
      return { outcome: "unclear", error: "Resend has too many emails of that time to look through" };
    }
    const { data: page, error } = await listPage(emails, after);
    if (error) {
      return { outcome: "unclear", error: `Resend: ${error.message}` };
    }
    const answer = await searchPage(emails, page.data.filter(isLike(sought, span)), sought, asking);
    const last = page.data.at(-1);
    if (answer.outcome !== "not_known" || (last && Date.parse(last.created_at) < span.from)) {
      return answer;
    }
    if (!last || !page.has_more) {
      // It forgets its oldest emails, those of some plans after a day: that one is missing there proves nothing.
      return { outcome: "unclear", error: "Resend's list does not reach back that far" };
    }
    after = last.id;
  }
}

const isLike =
  ({ to, subject }: Sought, { from, until }: Span) =>
  (email: Listed) => {
    const at = Date.parse(email.created_at);
    const isToThem = email.to.some((address) => address.trim().toLowerCase() === to.trim().toLowerCase());
    return isToThem && email.subject === subject && at >= from && at <= until + clocksDifferMs;
  };

/** The list does not tell which number an email carries: each that it may be is asked for. */
async function searchPage(emails: Emails, alike: Listed[], sought: Sought, asking: Asking): Promise<LookUpAnswer> {
  const others = await asking.listOthers(alike.map(({ id }) => id));
  for (const email of alike.filter(({ id }) => !others.has(id))) {
    if (!(await asking.mayAsk())) {
      return { outcome: "unclear", error: "Resend has too many emails like this one to look through" };
    }
    const { data, error } = await emails.get(email.id, patient());
    if (error) {
      return { outcome: "unclear", error: `Resend: ${error.message}` };
    }
    const number = data.tags?.find(({ name }) => name === "message_id")?.value;
    if (number === undefined) {
      return { outcome: "unclear", error: "Resend has such an email and does not say which it is" };
    }
    if (number === String(sought.messageId)) {
      // That it has the message comes first: an open, which is judged a minute later, settles nothing.
      const states = data.last_event === "sent" ? ["sent"] : ["sent", data.last_event];
      const events = states.flatMap((state) => toEvent(data, state, asking, sought) ?? []);
      return { outcome: "found", trace: { takenAt: new Date(data.created_at), events } };
    }
  }
  return { outcome: "not_known" };
}

const toEvent = (email: ListedEmail, state: string, { now }: Asking, { messageId }: Sought) =>
  composeResendEvent({ ...email, last_event: state }, now, messageId);
