import { sql } from "drizzle-orm";
import type { Db } from "#db/client";
import { listMembers, type MemberFilter, type MemberPlace } from "#db/queries/member-list";
import { today } from "./gym.ts";
import { ms, quantile, withGym } from "./measure.ts";

const filters: Record<string, MemberFilter> = {
  "no filter": {},
  "a frequent name": { text: "zoe" },
  "a name in full": { text: "zoe member 777" },
  "nobody's name": { text: "xyzq" },
  "a phone number": { text: "079 123" },
  "one letter": { text: "q" },
  active: { state: "active" },
  frozen: { state: "frozen" },
  ended: { state: "ended" },
  "cancelled, of whom there are none": { state: "cancelled" },
  "high risk": { risk: "high" },
  "a tag of 0.7 %": { tag: "tag-7" },
  "a tag of five": { tag: "rare" },
  "a level": { level: "gold" },
  "a level that nobody has": { level: "none" },
  "frozen, at risk, of a level": { state: "frozen", risk: "high", level: "gold" },
};

/** A page of the list of members, from its start and in its middle, forwards and back. */
export async function benchMemberList(members: number, repetitions: number) {
  await withGym({ members, visitsPerMember: 6 }, async ({ db }) => {
    await fillIn(db);
    const places: MemberPlace[] = [{}, { afterId: Math.ceil(members / 2) }, { beforeId: Math.ceil(members / 2) }];
    const all: number[] = [];
    for (const [name, filter] of Object.entries(filters)) {
      const samples: number[] = [];
      for (const place of Array.from({ length: repetitions }, () => places).flat()) {
        const start = performance.now();
        await listMembers(db, { filter, place, limit: 51, today });
        samples.push(performance.now() - start);
      }
      all.push(...samples);
      console.log(`${name.padEnd(34)} p50 ${ms(quantile(samples, 0.5))}  p95 ${ms(quantile(samples, 0.95))}`);
    }
    console.log(
      `${"all".padEnd(34)} p50 ${ms(quantile(all, 0.5))}  p95 ${ms(quantile(all, 0.95))} (goal: under 50 ms)`,
    );
  });
}

/** Names that differ, phones and tags: the benches of the engine need none. */
async function fillIn(db: Db) {
  const pick = (purpose: number, below: number) =>
    sql`((hashint8extended(id, ${purpose}::int) & 2147483647) % ${below}::int)::int`;
  await db.execute(sql`
    update users set phone = '+41 79 ' || lpad(${pick(21, 10_000_000)}::text, 7, '0'),
      first_name = (array['Ada','Émile','Zoë','Lena','Noah','Mia','Luca','Sara','Jonas','Nina'])[1 + ${pick(22, 10)}]`);
  await db.execute(
    sql`insert into member_tags (member_id, tag) select id, 'tag-' || ${pick(23, 50)} from users where id % 3 = 0`,
  );
  await db.execute(sql`insert into member_tags (member_id, tag) select id, 'rare' from users order by id desc limit 5`);
  await db.execute(sql`vacuum analyze`);
}
