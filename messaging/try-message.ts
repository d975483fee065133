import { sql } from "drizzle-orm";
import type { Tx } from "#db/client";
import { gymSettings } from "#db/schema/index";
import { toLanguage } from "#emails/copy";
import { addDays, calendarDay } from "#lib/calendar";
import type { Clock } from "#lib/clock";
import { one } from "#lib/rows";
import type { StepOnTrial, TriedDelivery } from "#lib/trial";
import { type Channel, type DueMessage, readDue } from "./claim-messages.ts";
import { fillMessages } from "./fill-messages.ts";
import { compileText, type FilledText } from "./fill-texts.ts";
import { countHandedOver } from "./frequency-cap.ts";
import { judgeMessages } from "./judge-messages.ts";
import { valuesOf } from "./read-values.ts";
import { gymValues } from "./render.ts";
import { tidyValues } from "./values.ts";
import { isMarketingPaused } from "./watch-complaints.ts";

type Tried = StepOnTrial & {
  template: { channel: Channel; class: "marketing" | "service"; liveVersionId: number | null };
  /** The instants at which advertising by email and SMS of the same trial would have left. */
  earlier: Date[];
};

/**
 * What delivery would make of a message at the clock's instant, by the very rules and the very rendering. The way out of
 * advertising leads nowhere: who tries must not stop anybody's mail.
 */
export async function tryMessage(
  tx: Tx,
  tried: Tried,
  { appUrl }: { appUrl: string },
  clock: Clock,
): Promise<TriedDelivery> {
  const message = await readMessage(tx, tried, clock);
  const gym = one(await tx.select().from(gymSettings));
  const rules = { ...gym, isMarketingPaused: message.channel === "email" && (await isMarketingPaused(tx)) };
  const verdicts = await judgeMessages(tx, message.channel, [message], rules, clock, async () => new Map());
  const verdict = verdicts.get(message.id);
  // A pause ends at no hour that is known.
  const until = verdict?.reason === "quiet_hours" ? (verdict.until ?? null) : null;
  // What waits for the morning is counted then.
  const leavesAt = until ?? clock.now;
  const isCapped = (!verdict || until) && (await isOneTooMany(tx, message, tried.earlier, gym, at(leavesAt, clock)));
  const [filled] = await fillMessages(tx, [message], { appUrl, unsubscribeUrl: () => `${appUrl}/unsubscribe` });
  const reason = isCapped ? "frequency_cap" : until ? null : (verdict?.reason ?? null);
  const judged = { reason, until: isCapped ? null : until };
  if (!filled || "error" in filled) {
    return { ...judged, error: filled?.error ?? null, rendered: null };
  }
  const { subject, title, html, text, body, problems, fromAddress, fromName } = filled.rendered;
  const isEmail = message.channel === "email";
  return {
    ...judged,
    error: null,
    rendered: {
      language: filled.language,
      recipient: message.address,
      fromAddress,
      fromName,
      subject,
      title: message.channel === "in_app" ? title : "",
      html,
      text: isEmail ? text : body,
      problems,
    },
  };
}

const at = (now: Date, { timeZone }: Clock): Clock => ({ now, timeZone, today: calendarDay(now, timeZone) });

/** A text of a step's own, filled in as its action would. */
export async function tryText(
  tx: Tx,
  { source, ...step }: StepOnTrial & { source: string },
  { appUrl }: { appUrl: string },
  clock: Clock,
): Promise<FilledText> {
  const template = { channel: "in_app", class: "service", liveVersionId: null } as const;
  const message = await readMessage(tx, { ...step, template, earlier: [] }, clock);
  const gym = one(await tx.select().from(gymSettings));
  const values = { ...gymValues(gym, { appUrl }), ...valuesOf(message) };
  return compileText(source)(tidyValues(values, toLanguage(message.memberLanguage ?? gym.language)));
}

async function readMessage(tx: Tx, tried: Tried, clock: Clock): Promise<DueMessage> {
  const { memberId, stepId, template, facts, workflowContext, stepContext } = tried;
  const steps = [{ id: stepId, action: {}, context: stepContext }];
  const read = await readDue(
    tx,
    template.channel,
    sql`
    from (select 0::bigint as id, ${template.channel}::text as channel, ${template.class}::text as class, ${memberId}::bigint as member_id,
                 0::bigint as run_id, ${stepId}::int as step_id, ${clock.now}::timestamptz as queued_at, '{}'::jsonb as event_data,
                 null::timestamptz as first_tried_at, null::uuid as batch_id, 0 as attempts,
                 ${template.liveVersionId}::bigint as template_version_id, null::text as recipient) m
    cross join (select ${JSON.stringify(facts)}::jsonb as facts) r
    cross join (select ${JSON.stringify(workflowContext)}::jsonb as context, ${JSON.stringify(steps)}::jsonb as steps) v
    join users u on u.id = m.member_id`,
    clock,
  );
  return one(read);
}

type Gym = Pick<typeof gymSettings.$inferSelect, "dailyCap" | "weeklyCap">;

/** What the trial itself would have sent counts, too. */
async function isOneTooMany(
  tx: Tx,
  message: DueMessage,
  earlier: Date[],
  { dailyCap, weeklyCap }: Gym,
  clock: Clock,
): Promise<boolean> {
  if (message.class !== "marketing" || message.channel === "in_app") {
    return false;
  }
  const { today, week } = one(await countHandedOver(tx, [message], clock));
  const days = earlier.map((instant) => calendarDay(instant, clock.timeZone));
  const ofToday = days.filter((day) => day === clock.today).length;
  const ofWeek = days.filter((day) => day > addDays(clock.today, -7)).length;
  return Boolean((dailyCap && today + ofToday >= dailyCap) || (weeklyCap && week + ofWeek >= weeklyCap));
}
