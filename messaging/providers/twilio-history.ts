import { z } from "zod";
import { parseTwilioEvent } from "../events/parse-twilio-event.ts";
import type { Asking, LookUpAnswer, Sought } from "../provider.ts";

const message = z.object({
  sid: z.string(),
  body: z.string().nullish(),
  status: z.string(),
  direction: z.string(),
  to: z.string(),
  date_created: z.string().transform((text) => new Date(text)),
  error_code: z.number().nullish(),
});

const list = z.object({ messages: z.array(message), next_page_uri: z.string().nullish() });

type Listed = z.output<typeof message>;

/** Their most for one page is 1,000; to one number nobody sends that many within weeks. */
const pageSize = 200;
/** A text is tried once, and a call ends within half a minute; their clock and ours may differ. */
const aroundMs = 2 * 60_000;

type Ask = (search: URLSearchParams) => Promise<Response>;

/**
 * Looks for a text among those that Twilio has to its number: one with the same words from the minute in which it was tried.
 * Twilio keeps no number of ours, so that two alike cannot be told apart.
 */
export async function lookUpAtTwilio(ask: Ask, sought: Sought, asking: Asking): Promise<LookUpAnswer> {
  if (!(await asking.mayAsk())) {
    return { outcome: "unclear", error: "There was no time to ask Twilio" };
  }
  const response = await ask(new URLSearchParams({ To: sought.to, PageSize: String(pageSize) }));
  const answer = list.safeParse(await response.json().catch(() => null));
  if (!response.ok || !answer.success) {
    return { outcome: "unclear", error: `Twilio answered ${response.status}` };
  }
  const { messages, next_page_uri } = answer.data;
  const tried = sought.triedAt.getTime();
  const near = messages.filter(
    ({ direction, date_created: at }) => direction.startsWith("outbound") && Math.abs(at.getTime() - tried) <= aroundMs,
  );
  const others = await asking.listOthers(near.map(({ sid }) => sid));
  const unclaimed = near.filter(({ sid }) => !others.has(sid));
  const alike = unclaimed.filter(({ body }) => body?.trim() === sought.text.trim());
  const [found] = alike;
  if (found && alike.length === 1) {
    return traced(found, sought, asking);
  }
  if (unclaimed.length > 0) {
    return { outcome: "unclear", error: "Twilio has texts to this number of that minute and does not say which it is" };
  }
  const isOlder = messages.some(({ date_created: at }) => at.getTime() < tried - aroundMs);
  return next_page_uri && !isOlder
    ? { outcome: "unclear", error: "Twilio has too many newer texts to this number" }
    : { outcome: "not_known" };
}

/** As its status callbacks would have told it: that it has the text, and what became of it. */
function traced(found: Listed, sought: Sought, { now }: Asking): LookUpAnswer {
  const events = ["sent", found.status].flatMap((status) => {
    const told = new URLSearchParams({ MessageSid: found.sid, MessageStatus: status, To: found.to });
    if (found.error_code) {
      told.set("ErrorCode", String(found.error_code));
    }
    return parseTwilioEvent(told.toString(), String(sought.messageId), now) ?? [];
  });
  return { outcome: "found", trace: { takenAt: found.date_created, events } };
}
