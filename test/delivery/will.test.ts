import { AsyncLocalStorage } from "node:async_hooks";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { unsubscribe } from "#db/queries/unsubscribe";
import { gymSettings } from "#db/schema/index";
import { deliverDue } from "#messaging/deliver";
import type { Provider } from "#messaging/provider";
import { createRandom } from "../chaos/random.ts";
import { createMailbox } from "../support/journey.ts";
import { isLong, seed } from "../support/size.ts";
import { connectAnother, countStates, createOwingGym, deliveryOptions, noon } from "./gym.ts";

test("G13, E48: of those who say no while mail goes out, none is written to by a claim that began after", {
  timeout: 300_000,
}, async () => {
  const members = isLong ? 10_000 : 1_500;
  const { database, db } = await createOwingGym(members);
  const saidNo = new Map<string, number>();
  const written = new Map<string, number>();
  const work = async (worker: typeof db) => {
    // A worker makes several claims at once: each message belongs to the claim on whose way it is sent.
    const claimBegan = new AsyncLocalStorage<number>();
    const { provider } = createMailbox();
    const email: Provider = {
      ...provider,
      batchSize: 20,
      async send(batch, key) {
        for (const { to } of batch) {
          written.set(to, claimBegan.getStore() ?? Number.POSITIVE_INFINITY);
        }
        return provider.send(batch, key);
      },
    };
    const readClock = () => {
      claimBegan.enterWith(performance.now());
      return noon;
    };
    await deliverDue(worker, readClock, deliveryOptions(email));
  };
  const random = createRandom(seed);
  const refuse = async () => {
    for (let number = 0; number < members / 10; number++) {
      const n = 1 + Math.floor(random() * members);
      const { rows } = await refuser.execute<{ id: number }>(
        sql`select id from users where email = ${`m${n}@example.com`}`,
      );
      await unsubscribe(refuser, rows[0]?.id ?? 0, "one_click");
      saidNo.set(`m${n}@example.com`, performance.now());
    }
  };
  const refuser = connectAnother(database.url);
  await Promise.all([work(db), work(connectAnother(database.url)), refuse()]);

  const late = [...saidNo].filter(([address, at]) => (written.get(address) ?? 0) > at);
  expect(late).toEqual([]);
  const kept = [...saidNo].filter(([address]) => !written.has(address)).length;
  expect(kept).toBeGreaterThan(0);
  expect(await countStates(db)).toEqual({ sent: members - kept, "skipped: no_consent": kept });
  const { rows } = await db.execute(sql`
    select count(*)::int as count from communication_logs m
    where status = 'sent' and not exists (
      select from consent_events e where e.member_id = m.member_id and e.channel = 'email' and e.class = 'marketing' and e.is_granted)`);
  expect(rows).toEqual([{ count: 0 }]);
});

test("however many workers, nobody gets more than the cap", async () => {
  const { database, db } = await createOwingGym(200, { each: 3 });
  await db.update(gymSettings).set({ dailyCap: 1, weeklyCap: 3 });
  const workers = [db, ...Array.from({ length: 3 }, () => connectAnother(database.url))];
  const mailbox = createMailbox();
  const email = { ...mailbox.provider, batchSize: 7 };
  await Promise.all(workers.map((worker) => deliverDue(worker, () => noon, deliveryOptions(email))));
  expect(await countStates(db)).toEqual({ sent: 200, "skipped: frequency_cap": 400 });
  expect(new Set(mailbox.taken().map(({ to }) => to)).size).toBe(200);
});

test("a couple's one mailbox keeps to the cap, whichever workers write to it", async () => {
  const { database, db } = await createOwingGym(300, { addressOf: sql`'pair' || n / 2 || '@example.com'` });
  await db.update(gymSettings).set({ dailyCap: 1, weeklyCap: null });
  const workers = [db, ...Array.from({ length: 3 }, () => connectAnother(database.url))];
  const mailbox = createMailbox();
  const email = { ...mailbox.provider, batchSize: 7 };
  await Promise.all(workers.map((worker) => deliverDue(worker, () => noon, deliveryOptions(email))));
  const addresses = mailbox.taken().map(({ to }) => to);
  expect(addresses.length).toBe(new Set(addresses).size);
  expect(addresses.length).toBe(151);
});

test("two who share a telephone keep to the cap together, whichever workers write to them", async () => {
  const { database, db } = await createOwingGym(300);
  await db.update(gymSettings).set({ dailyCap: 1, weeklyCap: null });
  // One of each two is written as people write it.
  await db.execute(sql`
    update users u set phone = case when n % 2 = 0 then '+41 (0)79 ' || digits else '+4179' || digits end
    from (select id, n, (1000000 + n / 2)::text as digits from (select id, row_number() over (order by id) as n from users) one) numbered
    where u.id = numbered.id`);
  await db.execute(sql`
    insert into consent_events (member_id, channel, class, is_granted, source) select id, 'sms', 'marketing', true, 'test' from users`);
  await db.execute(sql`update communication_templates set channel = 'sms'`);
  await db.execute(
    sql`update communication_logs set channel = 'sms', template_version_id = (select live_version_id from communication_templates)`,
  );
  const workers = [db, ...Array.from({ length: 3 }, () => connectAnother(database.url))];
  const phones = createMailbox();
  const sms: Provider = { ...phones.provider, channel: "sms", batchSize: 7 };
  const options = { ...deliveryOptions(createMailbox().provider), sms };
  await Promise.all(workers.map((worker) => deliverDue(worker, () => noon, options)));
  const numbers = phones.taken().map(({ to }) => to);
  expect(numbers.length).toBe(new Set(numbers).size);
  expect(numbers.length).toBe(151);
});
