import { sql } from "drizzle-orm";
import { Parser } from "htmlparser2";
import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#db/client";
import { deliverDue } from "#messaging/deliver";
import { createMessageLinks } from "#messaging/message-links";
import { createSmtp } from "#messaging/providers/smtp";
import { readUnsubscribeToken } from "#messaging/unsubscribe-token";
import { createRandom } from "../chaos/random.ts";
import { createTestDatabase } from "../support/database.ts";
import { createTemplate, createWorkflow } from "../support/factories.ts";
import { startMailServer, type TakenMail } from "../support/mail-server.ts";
import { seed } from "../support/size.ts";
import { countStates, deliveryOptions, noon } from "./gym.ts";
import { createTemplateWriter } from "./template-writer.ts";

const secrets = { APP_URL: "https://app.gym.example", AUTH_SECRET: "a secret of more than thirty-two letters" };
const links = createMessageLinks(secrets);
const classes = ["marketing", "service"] as const;
const templatesOfEach = 40;
const members = 25;

const writeTemplate = createTemplateWriter(createRandom(seed));

/** Members of every language and of none, each of whom is owed one mail of every template. */
async function createGym(db: Db) {
  await createWorkflow(db);
  for (const kind of classes) {
    for (let count = 0; count < templatesOfEach; count++) {
      await createTemplate(db, { ...writeTemplate(), class: kind });
    }
  }
  await db.execute(sql`
    insert into users (first_name, last_name, email, phone, membership_level, language, join_date)
    select 'Marabel' || n, 'Kellermann' || n, 'reader' || n || '@mail.example', '+4179000000' || n,
           case when n % 3 > 0 then 'Platinum' end, (array['en', 'de', 'fr', 'it', null])[1 + n % 5], '2020-01-01'
    from generate_series(1, ${members}) n`);
  await db.execute(sql`
    insert into consent_events (member_id, channel, class, is_granted, source)
    select id, 'email', 'marketing', true, 'test' from users`);
  await db.execute(sql`
    with runs as (
      insert into workflow_runs (workflow_id, version_id, member_id, status, occurrence, started_on, started_at, ended_at, facts)
      select w.id, w.live_version_id, u.id, 'done', 'once', ${noon.today}::date, ${noon.now}::timestamptz, ${noon.now}::timestamptz, '{}'
      from users u, automation_workflows w returning id, member_id, workflow_id)
    insert into communication_logs
      (channel, class, member_id, run_id, step_id, workflow_id, template_id, template_version_id, due_at, queued_at)
    select 'email', t.class, member_id, runs.id, t.id, workflow_id, t.id, t.live_version_id, ${noon.now}::timestamptz, ${noon.now}::timestamptz
    from runs, communication_templates t`);
}

const header = ({ mail }: TakenMail, name: string) =>
  mail.headerLines.filter(({ key }) => key === name).map(({ line }) => line.replace(/\r?\n[ \t]+/g, " "));

type Element = { tag: string; attributes: Record<string, string> };
function elementsOf({ mail }: TakenMail): Element[] {
  const elements: Element[] = [];
  new Parser({ onopentag: (tag, attributes) => void elements.push({ tag, attributes }) }).end(String(mail.html));
  return elements;
}

const isWayOut = /\/unsubscribe\//;
const hrefsOf = (mail: TakenMail) =>
  elementsOf(mail).flatMap(({ tag, attributes: { href } }) => (tag === "a" && href ? [href] : []));

let mails: Record<(typeof classes)[number], TakenMail[]>;
let idOf: Map<string, number>;
let states: unknown;

beforeAll(async () => {
  const { db, drop } = await createTestDatabase();
  const server = await startMailServer();
  const smtp = createSmtp({ url: server.url });
  try {
    await createGym(db);
    await deliverDue(db, () => noon, { ...deliveryOptions(smtp), links });
    states = await countStates(db);
    const { rows } = await db.execute<{ email: string; id: number }>(sql`select email, id from users`);
    idOf = new Map(rows.map(({ email, id }) => [email, id]));
    const { rows: sent } = await db.execute<{ id: string; class: (typeof classes)[number] }>(sql`
      select provider_message_id as id, class from communication_logs`);
    const classOf = new Map(sent.map(({ id, class: kind }) => [id, kind]));
    mails = { marketing: [], service: [] };
    for (const taken of server.taken) {
      mails[classOf.get(taken.mail.messageId ?? "") ?? "service"].push(taken);
    }
  } finally {
    smtp.close?.();
    await server.stop();
    await drop();
  }
});

const each = templatesOfEach * members;

test("a thousand of each class went out", () => {
  expect(states).toEqual({ sent: 2 * each });
  expect({ marketing: mails.marketing.length, service: mails.service.length }).toEqual({
    marketing: each,
    service: each,
  });
});

describe("S37: every marketing mail", () => {
  test("names one https address to post to, of its reader's own, and says that one press is enough", () => {
    for (const taken of mails.marketing) {
      const [line = "", ...others] = header(taken, "list-unsubscribe");
      const [, token = ""] =
        /^List-Unsubscribe: <https:\/\/app\.gym\.example\/api\/unsubscribe\/([\w.-]+)>$/.exec(line) ?? [];
      expect(others).toEqual([]);
      expect(readUnsubscribeToken(token, secrets), line).toBe(idOf.get(taken.recipients.join()));
      expect(header(taken, "list-unsubscribe-post")).toEqual(["List-Unsubscribe-Post: List-Unsubscribe=One-Click"]);
    }
  });

  test("shows its reader a link to the page that asks, in HTML and in text", () => {
    for (const taken of mails.marketing) {
      const page = links.unsubscribeUrl(idOf.get(taken.recipients.join()) ?? 0);
      expect(hrefsOf(taken).filter((href) => isWayOut.test(href))).toEqual([page]);
      expect(taken.mail.text?.split("\n").filter((line) => line.endsWith(`: ${page}`))).toHaveLength(1);
    }
  });
});

test("S37: no service mail has either header or the link", () => {
  for (const taken of mails.service) {
    expect(taken.mail.headerLines.filter(({ key }) => key.startsWith("list-"))).toEqual([]);
    expect([...hrefsOf(taken), taken.mail.text].filter((text) => isWayOut.test(text ?? ""))).toEqual([]);
  }
});

describe.each(classes)("of the %s mails", (kind) => {
  test("S37: each has a text of its own beside its HTML, for whoever reads no HTML", () => {
    for (const { mail, raw } of mails[kind]) {
      // Where there is no such part, the parser makes a text of the HTML.
      expect(raw.match(/^Content-Type: text\/plain\b/gm)).toHaveLength(1);
      const [words = ""] = mail.text?.split(/^-- ?$/m) ?? [];
      expect(words.trim()).not.toBe("");
    }
  });

  test("S44: none loads anything from anywhere", () => {
    const loads = /^(img|link|script|iframe|frame|video|audio|object|embed|source|input|base)$/;
    for (const taken of mails[kind]) {
      const loading = elementsOf(taken).filter(
        ({ tag, attributes }) =>
          loads.test(tag) ||
          attributes.src ||
          attributes.srcset ||
          attributes.background ||
          attributes["http-equiv"] === "refresh",
      );
      expect(loading).toEqual([]);
      expect(taken.mail.html).not.toMatch(/url\(|@import|@font-face/i);
    }
  });

  test("S44: no address in one says who reads it, or leads elsewhere than was written", () => {
    const addresses = mails[kind].flatMap((taken) => [
      ...hrefsOf(taken),
      ...header(taken, "list-unsubscribe").map((line) => line.slice(line.indexOf("<") + 1, -1)),
      ...(taken.mail.text?.match(/https?:\/\/\S*[\w/]/g) ?? []),
    ]);
    expect(addresses.length).toBeGreaterThan(2 * each);
    const known =
      /^https:\/\/(shop\.gym\.example\/offers|app\.gym\.example(\/me(\/(membership|notifications)?)?|(\/api)?\/unsubscribe\/\d+\.[\w-]{43})?)$/;
    expect([...new Set(addresses)].filter((address) => !known.test(address))).toEqual([]);
  });
});
