import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Db } from "#db/client";
import { listUnconfirmed } from "#db/queries/unconfirmed";
import { createOutbox } from "#messaging/providers/outbox";
import { queueSignInMail } from "#messaging/sign-in-mail";
import { sendDigests } from "#worker/send-digests";
import { test } from "../support/database.ts";
import { gymClockAt } from "../support/digests.ts";
import { hostileNames, tidiedLine } from "../support/hostile-names.ts";
import { structureOf, textsOf } from "../support/html-content.ts";
import { createMailbox, deliver } from "../support/journey.ts";
import { countStates } from "./gym.ts";

/** Half past seven in Zurich: within the quiet hours. */
const morning = gymClockAt("2026-11-24T06:30:00Z");
const noon = gymClockAt("2026-11-24T11:00:00Z");
const appUrl = "https://app.example";

/** A trainer for each name, with a member of that name, silent and born today, and a task that says it. */
async function createTrainers(db: Db, names: string[]) {
  await db.execute(sql`
    with given as (
      select name, place, lpad(place::text, 3, '0') as number
      from unnest(${sql.param(names)}::text[]) with ordinality as given (name, place)
    ), trainers as (
      insert into users (role, first_name, email, language) select 'staff', name, 'staff-' || number || '@gym.example', 'en'
      from given order by place returning id, email
    ), members as (
      insert into users (first_name, join_date, birth_date, primary_trainer_id)
      select name, '2020-01-01', '1990-11-24', trainers.id
      from given join trainers on trainers.email = 'staff-' || number || '@gym.example' returning id, first_name, primary_trainer_id
    )
    insert into staff_tasks (assignee_id, related_member_id, description, due_date)
    select primary_trainer_id, id, first_name, '2026-11-24' from members`);
}

test("it goes at once, within the quiet hours and without anybody's consent, and lies in the outbox to be read", async ({
  tx,
}) => {
  await createTrainers(tx, ["Mara"]);
  await sendDigests(tx, morning, appUrl);
  expect(await deliver(tx, morning, createOutbox())).toMatchObject({ messages: 1 });
  expect(await countStates(tx)).toEqual({ sent: 1 });
  const { rows } = await tx.execute<{ text: string }>(sql`select text from message_bodies`);
  expect(rows).toEqual([{ text: expect.stringContaining("Good morning, Mara") }]);
});

test("what a provider did not take until noon is not sent that day any more, nor asked about", async ({ tx }) => {
  await createTrainers(tx, ["Mara", "Nora"]);
  await sendDigests(tx, morning, appUrl);
  const isAway = (id: number) => ({ messageId: id, outcome: "retry", error: "Away", afterMs: 60_000 }) as const;
  const isLost = (id: number) => ({ messageId: id, outcome: "unknown", error: "Lost", afterMs: 60_000 }) as const;
  const troubled = createMailbox(({ messageId, to }) => (to.startsWith("staff-001") ? isAway : isLost)(messageId));
  await deliver(tx, morning, troubled.provider);
  expect(await countStates(tx)).toEqual({ queued: 2 });
  const mailbox = createMailbox();
  await deliver(tx, noon, mailbox.provider);
  expect(mailbox.taken()).toEqual([]);
  expect(await countStates(tx)).toEqual({ "skipped: expired_too_late": 1, "unconfirmed: expired_too_late": 1 });
  expect(await listUnconfirmed(tx, { limit: 9 })).toEqual([]);
});

test("G25: from a restored copy no digest leaves until an admin says so; a link to sign in does", async ({ tx }) => {
  await createTrainers(tx, ["Mara"]);
  await deliver(tx, morning, createOutbox());
  await tx.execute(sql`update installation set identity = 'another'`);
  await sendDigests(tx, morning, appUrl);
  const link = { email: "desk@gym.example", name: "", url: appUrl, language: "en", memberId: null };
  await queueSignInMail(tx, { ...link, now: morning.now });
  const { provider, taken } = createMailbox();
  await deliver(tx, morning, provider);
  expect(taken().map(({ to }) => to)).toEqual(["desk@gym.example"]);
  await tx.execute(sql`update installation set identity = database_identity()`);
  await deliver(tx, morning, provider);
  expect(taken().map(({ to }) => to)).toEqual(["desk@gym.example", "staff-001@gym.example"]);
});

test("S16: whatever trainers, members and tasks are called, a digest is the same mail and says it as text", async ({
  tx,
}) => {
  const names = ["Plainname", ...hostileNames];
  await createTrainers(tx, names);
  expect(await sendDigests(tx, morning, appUrl)).toBe(names.length);
  const { provider, taken } = createMailbox();
  await deliver(tx, morning, provider);
  expect(await countStates(tx)).toEqual({ sent: names.length });

  const mails = taken().sort((a, b) => a.to.localeCompare(b.to));
  const [usual] = mails;
  // It is filled up to one length, in another way where it is long enough.
  const withoutPreview = (html = "") => html.replace(/<div style="display:none.*?(?=<table)/s, "");
  for (const [place, { to: _to, messageId: _id, idempotencyKey: _key, html, text, ...others }] of mails.entries()) {
    const name = tidiedLine(names[place] ?? "");
    expect(usual).toMatchObject(others);
    expect(text).toBe(usual?.text.replaceAll("Plainname", () => name));
    expect(structureOf(withoutPreview(html)), name).toBe(structureOf(withoutPreview(usual?.html)));
    expect(textsOf(html).split(name).length, name).toBeGreaterThan(4);
  }
});
