import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import type { Db } from "#db/client";
import { runDueSteps } from "#engine/run-due-steps";
import { sweep } from "#engine/sweep";
import type { Outgoing } from "#messaging/provider";
import { createSmtp } from "#messaging/providers/smtp";
import { createTestDatabase } from "../support/database.ts";
import { clockAt, createTemplate, createWorkflow } from "../support/factories.ts";
import { hostileNames, tidied, tidiedLine } from "../support/hostile-names.ts";
import { contentOf } from "../support/html-content.ts";
import { createMailbox, deliver } from "../support/journey.ts";
import { startMailServer, type TakenMail } from "../support/mail-server.ts";

/** Whoever stands beside the others with a name that is only a name, and that nothing else says. */
const plain = "Plainname";
const names = [plain, ...hostileNames];
const numbers = names.map((_, index) => String(index).padStart(3, "0"));
const emails = numbers.map((number) => `secret-${number}@example.com`);
const phones = numbers.map((number) => `+41790000${number}`);

const called = "{{ member_first_name }}";
const templates = {
  send_email: {
    channel: "email",
    subject: `Hello ${called}`,
    bodyHtml: `<p title="${called}">Dear ${called},</p><p>come, ${called}!</p>`,
    bodyText: `Dear ${called},\n\ncome, ${called}!`,
  },
  send_in_app_notification: {
    channel: "in_app",
    title: `Hello ${called}`,
    bodyHtml: null,
    bodyText: `Come, ${called}!`,
    actionUrl: `/me?for=${called}`,
  },
  send_sms: { channel: "sms", bodyHtml: null, bodyText: `Come, ${called}!` },
} as const;

/** A member of each name, who agreed to everything, and a workflow that writes to all of them over every channel. */
async function createGym(db: Db) {
  await db.execute(sql`
    insert into users (first_name, last_name, email, phone, membership_level, join_date)
    select name, 'Secretlast', email, phone, 'Secretlevel', '2020-01-01' from unnest(
      ${sql.param(names)}::text[], ${sql.param(emails)}::text[], ${sql.param(phones)}::text[]) as given (name, email, phone)`);
  await db.execute(sql`
    insert into consent_events (member_id, channel, class, is_granted, source)
    select id, channel, 'marketing', true, 'test' from users, unnest('{email,sms}'::text[]) channel`);
  const actions: { type: string; params: { template_id: number } }[] = [];
  for (const [type, template] of Object.entries(templates)) {
    const { id } = await createTemplate(db, template);
    actions.push({ type, params: { template_id: id } });
  }
  await createWorkflow(db, { steps: actions.map((action, index) => ({ id: index + 1, action })) });
}

type Notification = { title: string; body: string; actionUrl: string | null };

/** What arrived, in the order of the names. */
let mails: TakenMail[];
let texts: Outgoing[];
let notifications: Notification[];
let outcomes: unknown[];

beforeAll(async () => {
  const { db, drop } = await createTestDatabase();
  const server = await startMailServer();
  const smtp = createSmtp({ url: server.url });
  try {
    await createGym(db);
    const clock = clockAt("2026-11-23");
    const phone = createMailbox();
    await sweep(db, clock, { noBrake: true });
    await runDueSteps(db, () => clock);
    await deliver(db, clock, smtp, { sms: { ...phone.provider, channel: "sms" } });
    mails = server.taken.sort((a, b) => a.recipients.join().localeCompare(b.recipients.join()));
    texts = phone.taken().sort((a, b) => a.to.localeCompare(b.to));
    notifications = (
      await db.execute<Notification>(sql`
        select title, body, action_url as "actionUrl" from notifications order by member_id`)
    ).rows;
    outcomes = (
      await db.execute(sql`
        select channel, status, reason, count(*)::int as count from communication_logs group by 1, 2, 3 order by 1`)
    ).rows;
  } finally {
    smtp.close?.();
    await server.stop();
    await drop();
  }
});

/** A mail server, a parser and a spreadsheet break and join lines where they like. */
const squeezed = (text: string) => text.replace(/\s+/g, " ").trim();

/** What the plain name's message would say, had its reader this name. */
const asIfFor = (name: string, text: string) => squeezed(text.replaceAll(plain, () => tidied(name)));

const withoutNumber = (text: string) => text.replace(/\/unsubscribe\/\d+/g, "/unsubscribe/");

test("S16: there are two hundred, all of them different", () => {
  expect(new Set(hostileNames).size).toBe(200);
  expect(hostileNames.filter((name) => name.length > 200 || tidiedLine(name) === "")).toEqual([]);
});

test("S16: whatever a member is called, each message goes out once, to that member", () => {
  const count = names.length;
  expect(outcomes).toEqual(
    ["email", "in_app", "sms"].map((channel) => ({ channel, status: "sent", reason: null, count })),
  );
  expect(mails.map(({ recipients }) => recipients)).toEqual(emails.map((email) => [email]));
  expect(texts.map(({ to }) => to)).toEqual(phones);
});

test("S16: no name adds a header to a mail, a recipient or a part", () => {
  const keysOf = ({ mail }: TakenMail) => mail.headerLines.map(({ key }) => key);
  const partsOf = ({ raw }: TakenMail) => {
    const [, boundary = ""] = /boundary="([^"]*)"/.exec(raw) ?? [];
    return raw.split(`\r\n--${boundary}`).map((part) => part.split("\r\n\r\n")[0]?.match(/^content-type: [^;]*/gim));
  };
  const [usual] = mails;
  expect(usual && keysOf(usual)).toContain("list-unsubscribe");
  for (const [index, taken] of mails.entries()) {
    const { mail } = taken;
    expect(keysOf(taken), names[index]).toEqual(usual && keysOf(usual));
    expect(partsOf(taken), names[index]).toEqual(usual && partsOf(usual));
    expect([mail.to].flat().map((to) => to?.text)).toEqual([emails[index]]);
    expect([mail.cc, mail.bcc, mail.attachments.length]).toEqual([undefined, undefined, 0]);
    expect(mail.from?.text).toBe(usual?.mail.from?.text);
  }
});

test("S16: a subject says the name as it is, on one line", () => {
  expect(mails.map(({ mail }) => mail.subject)).toEqual(names.map((name) => `Hello ${tidiedLine(name)}`));
});

test("S16: a mail's HTML has the same elements and attributes for every name, and says it as text", () => {
  const contents = mails.map(({ mail }) => withoutNumber(contentOf(String(mail.html))));
  const [usual = ""] = contents;
  expect(usual.split(plain)).toHaveLength(6);
  expect(contents.map(squeezed)).toEqual(names.map((name) => asIfFor(name, usual)));
});

test("S16: a mail's text says the name as it is, and nothing else differs", () => {
  const contents = mails.map(({ mail }) => withoutNumber(mail.text ?? ""));
  const [usual = ""] = contents;
  expect(usual.split(plain)).toHaveLength(3);
  expect(contents.map(squeezed)).toEqual(names.map((name) => asIfFor(name, usual)));
});

test("S16: a notification's title is one line, its text the name as it is, its link leads into the app or nowhere", () => {
  expect(notifications.map(({ title }) => title)).toEqual(names.map((name) => `Hello ${tidiedLine(name)}`));
  expect(notifications.map(({ body }) => squeezed(body))).toEqual(
    names.map((name) => asIfFor(name, `Come, ${plain}!`)),
  );
  for (const { actionUrl } of notifications) {
    const { origin, pathname } = new URL(actionUrl ?? "/me", "https://app.example");
    expect(`${origin}${pathname}`).toBe("https://app.example/me");
  }
});

test("S16: an SMS says the name as it is", () => {
  expect(texts.map(({ text }) => squeezed(text))).toEqual(names.map((name) => asIfFor(name, `Come, ${plain}!`)));
});

test("S17: a name that is written like a placeholder tells nobody what the placeholder stands for", () => {
  const said = JSON.stringify([
    mails.map(({ mail }) => [mail.subject, mail.html, mail.text]),
    texts.map(({ text }) => text),
    notifications,
  ]);
  expect(said).not.toMatch(/secret/i);
});
