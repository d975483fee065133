import { eq, sql } from "drizzle-orm";
import { type Choice, listChoices } from "#lib/message-choices";
import { type Db, type Tx, withTransaction } from "../client.ts";
import { users } from "../schema/index.ts";
import { recordConsents } from "./consent.ts";
import { isAddressStopped, resumeAddress, resumeNumber, stopAddress } from "./suppressions.ts";

/** Where a member said it: on the page behind a link, by their mail program's own button, on their own page. */
export type AnswerSource = "unsubscribe_page" | "one_click" | "preferences";

/** A choice with the sentence that it answered, as the member saw it; null where they saw none of ours. */
export type Answer = Choice & { wording: string | null };

export type Preferences = { email: string | null; language: string; isEmailStopped: boolean; choices: Choice[] };

/** Links in old mail name the record that it was sent to, which may have been merged with another since. */
const survivorOf = (memberId: number) => sql`(select coalesce(merged_into_id, id) from users where id = ${memberId})`;

/** What a member wants to hear, as delivery would read it now; null for one who was erased, or never was. */
export async function readPreferences(db: Db, memberId: number): Promise<Preferences | null> {
  const { rows } = await db.execute<Pick<Preferences, "email" | "language"> & { said: Record<string, boolean> }>(sql`
    select nullif(trim(u.email), '') as email, coalesce(u.language, g.language) as language,
           coalesce((select jsonb_object_agg(last.class || '.' || last.channel, last.is_granted)
                     from (select distinct on (channel, class) channel, class, is_granted from consent_events
                           where member_id = u.id order by channel, class, id desc) last), '{}') as said
    from users u cross join gym_settings g
    where u.id = ${survivorOf(memberId)} and u.erased_at is null`);
  const [row] = rows;
  if (!row) {
    return null;
  }
  const { said, ...preferences } = row;
  const isEmailStopped = preferences.email !== null && (await isAddressStopped(db, preferences.email));
  return { ...preferences, isEmailStopped, choices: listChoices(said) };
}

/** Keeps what a member said, word by word. It counts from the next claim on; saying it twice is saying it once. */
export function recordAnswers(db: Db, memberId: number, answers: Answer[], source: AnswerSource): Promise<void> {
  return withMember(db, memberId, (tx, member) => writeAnswers(tx, member, answers, source));
}

/** A no to all email, and none to the address either, whichever other member uses it too. */
export function stopEmail(db: Db, memberId: number, wording: string, source: AnswerSource): Promise<void> {
  const refusal = { channel: "email", isGranted: false, wording } as const;
  return withMember(db, memberId, async (tx, member) => {
    await writeAnswers(
      tx,
      member,
      [
        { ...refusal, class: "marketing" },
        { ...refusal, class: "service" },
      ],
      source,
    );
    if (member.email) {
      await stopAddress(tx, member.email);
    }
  });
}

/** Lets email go to the address again. What the member refused stays refused but for what they say here. */
export function resumeEmail(db: Db, memberId: number, answers: Answer[], source: AnswerSource): Promise<void> {
  return withMember(db, memberId, async (tx, member) => {
    if (member.email) {
      await resumeAddress(tx, member.email);
    }
    await writeAnswers(tx, member, answers, source);
  });
}

type Speaker = { id: number; email: string | null; phone: string | null };

/** A member who was erased in the meantime has nothing left to say, and that is as good. */
async function withMember(db: Db, memberId: number, work: (tx: Tx, member: Speaker) => Promise<void>): Promise<void> {
  await withTransaction(db, async (tx) => {
    const named = await lockMember(tx, memberId);
    // Read from the locked row: who waited here for a merging learns of it.
    const member = named?.mergedIntoId ? await lockMember(tx, named.mergedIntoId) : named;
    if (member && member.erasedAt === null) {
      await work(tx, member);
    }
  });
}

async function lockMember(tx: Tx, id: number) {
  const [member] = await tx
    .select({
      id: users.id,
      email: users.email,
      phone: users.phone,
      erasedAt: users.erasedAt,
      mergedIntoId: users.mergedIntoId,
    })
    .from(users)
    .where(eq(users.id, id))
    .for("no key update");
  return member;
}

async function writeAnswers(tx: Tx, { id: memberId, phone }: Speaker, answers: Answer[], source: AnswerSource) {
  await recordConsents(
    tx,
    answers.map((answer) => ({ ...answer, memberId, source })),
    { keepRefusals: false },
  );
  if (phone && answers.some(({ channel, isGranted }) => channel === "sms" && isGranted)) {
    await resumeNumber(tx, phone);
  }
}

/**
 * Of what is to be allowed again, that which was allowed until the newest word: an address that somebody sends to a member
 * must not make them agree to what they never agreed to.
 */
export async function keepTakenBack(db: Db, memberId: number, choices: Choice[]): Promise<Choice[]> {
  const { rows } = await db.execute<Pick<Choice, "channel" | "class">>(sql`
    select newest.channel, newest.class
    from (
      select channel, class, is_granted, lead(is_granted) over words as was_granted, row_number() over words as place
      from consent_events where member_id = ${survivorOf(memberId)}
      window words as (partition by channel, class order by id desc)
    ) newest
    where newest.place = 1 and not newest.is_granted
      and coalesce(newest.was_granted, newest.class <> 'marketing' or newest.channel = 'in_app')`);
  return choices.filter(
    (choice) => !choice.isGranted || rows.some((row) => row.channel === choice.channel && row.class === choice.class),
  );
}
