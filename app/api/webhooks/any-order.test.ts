import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, onTestFinished } from "vitest";
import { type Db, withTransaction } from "#db/client";
import { recordVisits } from "#db/queries/visits";
import { communicationLogs, consentEvents, messageEvents, suppressions } from "#db/schema/index";
import { runDueSteps } from "#engine/run-due-steps";
import { sweep } from "#engine/sweep";
import { mapAtOnce } from "#lib/map-at-once";
import { applyAllParked, applyParkedEvents } from "#messaging/events/parked-events";
import { foretell, type ToldEvent } from "../../../test/oracle/message-events.ts";
import { test } from "../../../test/support/database.ts";
import { clockAt, createTemplate, createWorkflow } from "../../../test/support/factories.ts";
import { createMailbox, deliver } from "../../../test/support/journey.ts";
import { isLong } from "../../../test/support/size.ts";
import { newSecret, openWebhooks, resendBody, signResend } from "../../../test/support/webhooks.ts";

const seed = Number(process.env.SEED ?? (isLong ? Date.now() % 1_000_000 : 1));
const secret = newSecret();
const base = Date.UTC(2026, 9, 25, 9);
const counts = isLong
  ? { addresses: 400, messages: 900, late: 100, events: 5_000 }
  : { addresses: 120, messages: 270, late: 30, events: 1_500 };

const types: Record<ToldEvent["kind"], string> = {
  sent: "email.sent",
  delivered: "email.delivered",
  delayed: "email.delivery_delayed",
  soft: "email.bounced",
  hard: "email.bounced",
  complained: "email.complained",
  failed: "email.failed",
  opened: "email.opened",
  clicked: "email.clicked",
  odd: "email.teleported",
};

/** Mostly what happens, and some of everything that should not; often so close together that it matters. */
const toldEvent = fc.record({
  message: fc.oneof(
    { weight: 60, arbitrary: fc.nat(counts.messages - 1) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  kind: fc.oneof(
    ...(
      [
        ["delivered", 12],
        ["opened", 12],
        ["clicked", 10],
        ["sent", 6],
        ["soft", 14],
        ["delayed", 2],
        ["failed", 1],
        ["hard", 1],
        ["complained", 1],
        ["odd", 1],
      ] as const
    ).map(([kind, weight]) => ({ weight, arbitrary: fc.constant(kind) })),
  ),
  atMs: fc.oneof(fc.nat(20_000), fc.nat(20 * 86_400_000)).map((ms) => base + ms),
  link: fc.constantFrom("https://gym.example/a", "https://gym.example/b"),
  isNamedMachine: fc.nat(19).map((number) => number === 0),
  namesRecipient: fc.nat(19).map((number) => number > 0),
});

const address = (place: number) => `order-${place % counts.addresses}@example.com`;
const providerId = (place: number | null) => (place === null ? "of-another-installation" : `order-${place}`);

function bodyOf({ kind, message, atMs, link, isNamedMachine, namesRecipient }: ToldEvent) {
  const at = new Date(atMs);
  const userAgent = isNamedMachine ? "Mimecast Scanner" : "Mozilla/5.0 (X11; Linux x86_64)";
  const visit = { link, userAgent, timestamp: at.toISOString(), ipAddress: "203.0.113.1" };
  const to = namesRecipient && message !== null ? ["boss@example.com", address(message).toUpperCase()] : [];
  return resendBody(types[kind], {
    emailId: providerId(message),
    to,
    at,
    data: {
      ...(kind === "clicked" && { click: visit }),
      ...(kind === "opened" && { open: visit }),
      ...((kind === "soft" || kind === "hard") && { bounce: { type: kind === "soft" ? "Transient" : "Permanent" } }),
    },
  });
}

/** Members at 400 addresses, and 900 emails that went to them; of the last hundred the provider's ids are not known yet. */
async function createPast(db: Db) {
  const { rows: members } = await db.execute<{ id: number }>(sql`
    with members as (
      insert into users (email, join_date)
      select 'order-' || place || '@example.com', date '2020-01-01' from generate_series(0, ${counts.addresses - 1}::int) place
      returning id
    ), agreed as (
      insert into consent_events (member_id, channel, class, is_granted, source)
      select id, 'email', 'marketing', true, 'test' from members
    )
    select id from members order by id`);
  const visits = members.map(({ id }) => ({
    memberId: id,
    visitedAt: new Date("2026-01-01T11:00:00Z"),
    kind: "checkin" as const,
  }));
  await recordVisits(db, visits, clockAt("2026-01-02"));
  const left = new Date(base);
  const sent = {
    channel: "email",
    class: "marketing",
    status: "sent",
    queuedAt: left,
    firstTriedAt: left,
    sentAt: left,
  } as const;
  const places = Array.from({ length: counts.messages }, (_, place) => place);
  await db.insert(communicationLogs).values(
    places.map((place) => ({
      ...sent,
      memberId: members[place % counts.addresses]?.id,
      recipient: address(place),
      providerMessageId: place < counts.messages - counts.late ? providerId(place) : null,
    })),
  );
  await db.execute(sql`
    create table moves (old text, new text);
    create function note_move() returns trigger language plpgsql as
      'begin insert into moves values (old.status, new.status); return new; end';
    create trigger note_move after update of status on communication_logs
      for each row when (old.status <> new.status) execute function note_move();
    grant insert on moves to public`);
}

test(`G14, G15: ${counts.events} events in any order, up to twenty times each, end as they must (SEED=${seed})`, {
  timeout: 120_000,
}, async ({ database }) => {
  const { db } = database;
  const webhooks = await openWebhooks(database, { RESEND_WEBHOOK_SECRET: secret });
  onTestFinished(webhooks.close);
  await createPast(db);
  const events: ToldEvent[] = fc
    .sample(toldEvent, { numRuns: counts.events, seed })
    .map((event, place) => ({ ...event, id: `evt-${place}` }));

  // A fifth twice, and some twenty times.
  const calls = events.flatMap((event, place) => {
    const body = bodyOf(event);
    return Array<{ id: string; body: string }>(place % 200 === 0 ? 20 : place % 5 === 0 ? 2 : 1).fill({
      id: event.id,
      body,
    });
  });
  const [shuffled = []] = fc.sample(fc.shuffledSubarray(calls, { minLength: calls.length, maxLength: calls.length }), {
    numRuns: 1,
    seed,
  });
  const tookMs = await mapAtOnce(shuffled, 4, async ({ id, body }) => {
    const headers = signResend(secret, body, { id });
    const before = performance.now();
    const { status } = await webhooks.resend(body, headers);
    expect(status).toBe(200);
    return performance.now() - before;
  });
  tookMs.sort((a, b) => a - b);
  const p99 = tookMs[Math.floor(tookMs.length * 0.99)] ?? Number.NaN;
  if (isLong) {
    console.log(`${calls.length} calls, p50 ${tookMs[calls.length >> 1]?.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
  }

  // Delivery hears the last ids now.
  await withTransaction(db, async (tx) => {
    const { rows } = await tx.execute<{ id: number }>(sql`
        update communication_logs m set provider_message_id = 'order-' || place
        from (select id, row_number() over (order by id) - 1 as place from communication_logs) places
        where m.id = places.id and m.provider_message_id is null returning m.id`);
    expect(rows).toHaveLength(counts.late);
    await applyParkedEvents(
      tx,
      rows.map(({ id }) => id),
      { now: new Date() },
    );
  });
  const inAMinute = { now: new Date(Date.now() + 61_000) };
  await Promise.all([applyAllParked(db, inAMinute), applyAllParked(db, inAMinute)]);
  await applyAllParked(db, inAMinute);

  const messages = Array.from({ length: counts.messages }, (_, place) => ({ address: address(place), leftMs: base }));
  const expected = foretell(messages, events);
  const statuses = await db
    .select({ status: communicationLogs.status })
    .from(communicationLogs)
    .orderBy(communicationLogs.id);
  expect(statuses.map(({ status }) => status)).toEqual(expected.statuses);
  const stopped = await readSuppressions(db);
  expect(stopped).toHaveLength(expected.suppressions.length);
  expect(stopped).toEqual(expect.arrayContaining(expected.suppressions));
  expect(await readAutomatic(db)).toEqual(expected.automatic);

  // Each event is there once, and each did once what it does.
  const unknown = events.filter(({ message, kind }) => message === null && kind !== "odd").length;
  const odd = events.filter(({ kind }) => kind === "odd").length;
  const { rows: states } = await db.execute(sql`
      select state, count(*)::int as count from message_events group by state order by state`);
  expect(states).toEqual([
    { state: "applied", count: counts.events - unknown - odd },
    { state: "ignored", count: odd },
    { state: "parked", count: unknown },
  ]);
  const { rows: audits } = await db.execute(sql`
      select count(*)::int as count from audit_events where action = 'message.complained'`);
  expect(audits).toEqual([{ count: expected.complaints }]);
  const complained = expected.suppressions.filter(({ reason }) => reason === "complained").length;
  const refusals = await db.select().from(consentEvents).where(eq(consentEvents.source, "complaint"));
  expect(refusals).toHaveLength(complained);

  const ranks = ["sent", "failed", "delivered", "opened", "clicked", "bounced", "complained"];
  const { rows: moves } = await db.execute<{ old: string; new: string }>(sql`select old, new from moves`);
  expect(moves.length).toBeGreaterThan(counts.messages);
  expect(moves.filter((move) => ranks.indexOf(move.new) <= ranks.indexOf(move.old))).toEqual([]);

  const isStopped = new Set(expected.suppressions.map(({ address }) => address));
  expect(new Set(await sendToEverybody(db))).toEqual(
    new Set(messages.flatMap((message) => (isStopped.has(message.address) ? [] : message.address))),
  );
  // Beside all the other tests a call also waits for its turn.
  expect(p99).toBeLessThanOrEqual(isLong ? 200 : 1_000);
});

async function readSuppressions(db: Db) {
  const { rows } = await db.execute<{ address: string; reason: string; until: string | null }>(sql`
    select distinct m.recipient as address, s.reason, s.until
    from ${suppressions} s join communication_logs m on encode(sha256(convert_to(m.recipient, 'UTF8')), 'hex') = s.address_hash`);
  return rows.map(({ until, ...row }) => ({ ...row, untilMs: until ? new Date(until).getTime() : null }));
}

async function readAutomatic(db: Db) {
  const rows = await db
    .select({ id: messageEvents.eventId })
    .from(messageEvents)
    .where(eq(messageEvents.isAutomatic, true));
  return rows.map(({ id }) => id).sort();
}

/** Every address gets an email that can. Past the frequency cap of what was sent before, within the rest of soft bounces. */
async function sendToEverybody(db: Db) {
  const clock = clockAt("2026-11-22");
  const template = await createTemplate(db);
  await createWorkflow(db, {
    steps: [{ id: 1, action: { type: "send_email", params: { template_id: template.id } } }],
  });
  await sweep(db, clock, { noBrake: true });
  await runDueSteps(db, () => clock);
  const mailbox = createMailbox();
  await deliver(db, clock, mailbox.provider);
  return mailbox.taken().map(({ to }) => to);
}
