import { asc, eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { type Db, withTransaction } from "#db/client";
import { recordConsents } from "#db/queries/consent";
import { consentEvents, memberEvents, memberships, memberTags, users } from "#db/schema/index";
import { emptyGym, gymClock, importText } from "../../test/support/csv.ts";
import { test } from "../../test/support/database.ts";

test.beforeEach(({ database }) => emptyGym(database.db));

const header =
  "external_id,email,first_name,last_name,phone,birth_date,join_date,status,membership_level,membership_start," +
  "membership_end,language,time_zone,primary_trainer_email,email_consent,sms_consent,location,tags";
const whole =
  "M1,anna@example.ch,Anna,Keller,079 123 45 67,1990-04-23,2024-01-05,active,gold,2024-01-05,2026-12-31,de," +
  "Europe/Zurich,tom@gym.example,yes,no,Altstadt,vip;new";

const createTrainer = (db: Db, more: Partial<typeof users.$inferInsert> = {}) =>
  db.insert(users).values({ role: "staff", email: "Tom@gym.example", firstName: "Tom", ...more });

const listMembers = (db: Db) =>
  db.select().from(users).where(eq(users.role, "member")).orderBy(asc(users.externalId), asc(users.id));

test("every column is stored where it belongs, and the same file again changes nothing", async ({
  database: { db },
}) => {
  await createTrainer(db);
  expect(await importText(db, "members", [header, whole])).toMatchObject({ read: 1, created: 1, problems: [] });
  const [member] = await listMembers(db);
  expect(member).toMatchObject({
    ...{ externalId: "M1", email: "anna@example.ch", firstName: "Anna", lastName: "Keller", phone: "+41791234567" },
    ...{ birthDate: "1990-04-23", birthMd: 423, joinDate: "2024-01-05", status: "active", membershipLevel: "gold" },
    ...{ membershipEndsOn: "2026-12-31", language: "de", timeZone: "Europe/Zurich" },
  });
  const { rows } = await db.execute(sql`
    select t.first_name as trainer, l.name as location,
           (select array_agg(tag order by tag) from member_tags where member_id = u.id) as tags,
           (select json_object_agg(channel, is_granted) from consent_events where member_id = u.id and source = 'import') as consent
    from users u join users t on t.id = u.primary_trainer_id join locations l on l.id = u.location_id`);
  expect(rows).toEqual([
    { trainer: "Tom", location: "Altstadt", tags: ["new", "vip"], consent: { email: true, sms: false } },
  ]);

  const again = await importText(db, "members", [header, whole]);
  expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
  expect(await db.select().from(consentEvents)).toHaveLength(2);
  expect((await listMembers(db))[0]?.updatedAt).toEqual(member?.updatedAt);
});

test("an absent column changes nothing, and an empty cell clears", async ({ database: { db } }) => {
  await createTrainer(db);
  await importText(db, "members", [header, whole]);
  expect(await importText(db, "members", ["external_id,first_name", "M1,Anne"])).toMatchObject({ updated: 1 });
  expect(await listMembers(db)).toMatchObject([{ firstName: "Anne", phone: "+41791234567", membershipLevel: "gold" }]);

  const cells = "M1,,,,,,,,,,,,,,,,,";
  expect(await importText(db, "members", [header, cells])).toMatchObject({ updated: 1, problems: [] });
  expect(await listMembers(db)).toMatchObject([
    {
      ...{ externalId: "M1", email: null, firstName: "", lastName: "", phone: null, birthDate: null, joinDate: null },
      ...{ status: "active", language: null, timeZone: null, primaryTrainerId: null, locationId: null },
      ...{ membershipLevel: null, membershipEndsOn: "2026-12-31" },
    },
  ]);
  expect(await db.select().from(memberTags)).toHaveLength(2);
  expect(await db.select().from(consentEvents)).toHaveLength(2);
});

test("cells that look like formulas are stored as they are", async ({ database: { db } }) => {
  await importText(db, "members", [
    "external_id,first_name,last_name",
    "=1+1,+41,-2",
    "@x,\"\t=a\",=cmd|' /C calc'!A0",
  ]);
  expect(await listMembers(db)).toMatchObject([
    { externalId: "=1+1", firstName: "+41", lastName: "-2" },
    { externalId: "@x", firstName: "\t=a", lastName: "=cmd|' /C calc'!A0" },
  ]);
});

test("a couple shares an address under two external ids", async ({ database: { db } }) => {
  const file = ["external_id,email,first_name", "M1,us@example.ch,Anna", "M2,Us@example.ch,Beat"];
  expect(await importText(db, "members", file)).toMatchObject({ created: 2, problems: [] });
  expect(await importText(db, "members", file)).toMatchObject({ unchanged: 2, problems: [] });

  const { problems } = await importText(db, "members", ["email,first_name", "us@example.ch,Who"]);
  expect(problems).toEqual([
    {
      line: 2,
      column: "email",
      value: "us@example.ch",
      reason: "2 members share this address: say which one with external_id",
    },
  ]);
});

test("an external id and an address of two members are refused", async ({ database: { db } }) => {
  await importText(db, "members", ["external_id,email", "M1,anna@example.ch", "M2,beat@example.ch"]);
  const { problems } = await importText(db, "members", [
    "external_id,email",
    "M1,beat@example.ch",
    "M2,new@example.ch",
  ]);
  expect(problems).toMatchObject([
    { line: 2, column: "email", reason: "is another member's than external_id: correct one of the two" },
  ]);
  expect(await listMembers(db)).toMatchObject([{ email: "anna@example.ch" }, { email: "new@example.ch" }]);
});

test("a member known by the address alone is given the external id that comes later", async ({ database: { db } }) => {
  await importText(db, "members", ["email,first_name", "Anna@example.ch,Anna"]);
  const later = await importText(db, "members", ["external_id,email", "M1,anna@example.ch"]);
  expect(later).toMatchObject({ created: 0, updated: 1 });
  expect(await listMembers(db)).toMatchObject([{ externalId: "M1", firstName: "Anna" }]);
});

test("a member of staff is no member, by address or by external id", async ({ database: { db } }) => {
  await createTrainer(db, { externalId: "S1" });
  const answer = await importText(db, "members", [
    "external_id,email,first_name",
    ",tom@gym.example,Thomas",
    "S1,x@example.ch,Tim",
  ]);
  expect(answer).toMatchObject({
    created: 1,
    problems: [{ line: 3, column: "external_id", reason: "belongs to a member of staff" }],
  });
});

test("a trainer must be there, and be staff", async ({ database: { db } }) => {
  await createTrainer(db, { email: "left@gym.example", archivedAt: gymClock.now });
  await importText(db, "members", ["external_id,email", "M1,anna@example.ch"]);
  const { problems } = await importText(db, "members", [
    "external_id,primary_trainer_email",
    "M1,anna@example.ch",
    "M2,left@gym.example",
  ]);
  const reason = "no trainer has this address: create the trainer first";
  expect(problems.map((problem) => [problem.line, problem.reason])).toEqual([
    [2, reason],
    [3, reason],
  ]);
});

test("the same member twice is reported with both lines, and the first counts", async ({ database: { db } }) => {
  const filler = Array.from({ length: 1_200 }, (_, number) => `F${number},f${number}@example.ch,F`);
  const file = [
    "external_id,email,first_name",
    "M1,anna@example.ch,Anna",
    ...filler,
    "M1,anna@example.ch,Anne",
    "F7,f7@example.ch,G",
  ];
  for (const { isDryRun, counts } of [
    { isDryRun: true, counts: { created: 1_201, unchanged: 0 } },
    { isDryRun: false, counts: { created: 1_201, unchanged: 0 } },
    { isDryRun: false, counts: { created: 0, unchanged: 1_201 } },
  ]) {
    const { problems, created, unchanged } = await importText(db, "members", file, { isDryRun });
    expect({ created, unchanged }).toEqual(counts);
    expect(problems).toEqual([
      {
        line: 1203,
        column: "external_id",
        value: "M1",
        reason: "Lines 2 and 1203: same external_id; the first was taken",
      },
      {
        line: 1204,
        column: "external_id",
        value: "F7",
        reason: "Lines 10 and 1204: same external_id; the first was taken",
      },
    ]);
  }
  const { problems } = await importText(db, "members", ["email", "x@example.ch", "X@example.ch"]);
  expect(problems).toMatchObject([
    { line: 3, column: "email", reason: "Lines 2 and 3: same email; the first was taken" },
  ]);
});

test("several lines of one member are several memberships, and the last one's end counts", async ({
  database: { db },
}) => {
  const file = [
    "external_id,first_name,membership_start,membership_end,membership_level",
    "M1,Anna,2025-01-01,2025-12-31,basic",
    "M1,Other,2026-01-01,2026-12-31,gold",
    "M2,Beat,2025-01-01,,basic",
    "M2,Beat,2024-01-01,2024-12-31,gold",
    "M3,Cara,2027-01-01,2026-12-31,gold",
  ];
  const first = await importText(db, "members", file);
  expect(first).toMatchObject({ created: 2, updated: 2, refused: 1 });
  expect(first.problems).toMatchObject([
    { line: 6, column: "membership_end", reason: "lies before its start (2027-01-01)" },
  ]);
  expect(await listMembers(db)).toMatchObject([
    { firstName: "Anna", membershipEndsOn: "2026-12-31", membershipLevel: "gold" },
    { firstName: "Beat", membershipEndsOn: null, membershipLevel: "basic" },
  ]);
  expect(await importText(db, "members", file)).toMatchObject({ created: 0, updated: 0, unchanged: 4, refused: 1 });
  expect(await db.select().from(memberEvents)).toEqual([]);
});

test("an end without a start speaks of the last membership, or of one since joining", async ({ database: { db } }) => {
  await importText(db, "members", ["external_id,join_date,membership_end", "M1,2025-05-01,2026-12-31"]);
  expect(await db.select().from(memberships)).toMatchObject([{ startsOn: "2025-05-01", endsOn: "2026-12-31" }]);
  const renewed = await importText(db, "members", ["external_id,membership_end", "M1,2027-12-31"]);
  expect(renewed).toMatchObject({ updated: 1 });
  expect(await db.select().from(memberships)).toMatchObject([{ startsOn: "2025-05-01", endsOn: "2027-12-31" }]);
  expect(await db.select().from(memberEvents)).toMatchObject([
    { type: "renewed", detail: { from: "2026-12-31", to: "2027-12-31" } },
  ]);
});

test("an import never turns a recorded no into a yes, and an empty cell says nothing", async ({ database }) => {
  const { db } = database;
  const say = (answer: string) => importText(db, "members", ["external_id,email_consent", `M1,${answer}`]);
  await say("");
  expect(await db.select().from(consentEvents)).toEqual([]);
  await say("yes");
  await say("no");
  const kept = await say("yes");
  expect(kept).toMatchObject({ unchanged: 1, notes: { "consents stay at the no that the members said": 1 } });
  const ledger = await db.select().from(consentEvents).orderBy(consentEvents.id);
  expect(ledger.map(({ isGranted, source, channel }) => [channel, isGranted, source])).toEqual([
    ["email", true, "import"],
    ["email", false, "import"],
  ]);
});

test("a no that a member says while an import runs is not overtaken by the import's yes", async ({
  database: { db },
}) => {
  await importText(db, "members", ["external_id", "M1"]);
  const [member] = await listMembers(db);
  const consent = { memberId: member?.id ?? 0, channel: "email", class: "marketing" } as const;
  await Promise.all([
    withTransaction(db, (tx) =>
      recordConsents(tx, [{ ...consent, isGranted: false, source: "member" }], { keepRefusals: false }),
    ),
    importText(db, "members", ["external_id,email_consent", "M1,yes"]),
  ]);
  const ledger = await db.select().from(consentEvents).orderBy(consentEvents.id);
  expect(ledger.at(-1)).toMatchObject({ isGranted: false });
});

test("who thawed has the day written down, and a change of status is an event", async ({ database: { db } }) => {
  const set = (status: string) => importText(db, "members", ["external_id,status", `M1,${status}`]);
  await set("frozen");
  expect(await listMembers(db)).toMatchObject([{ status: "frozen", lastFreezeEndedOn: null }]);
  await set("active");
  await set("cancelled");
  expect(await listMembers(db)).toMatchObject([{ status: "cancelled", lastFreezeEndedOn: "2026-11-22" }]);
  expect(await db.select().from(memberEvents).orderBy(memberEvents.id)).toMatchObject([
    { type: "status_changed", detail: { from: "frozen", to: "active" } },
    { type: "status_changed", detail: { from: "active", to: "cancelled" } },
  ]);
});

test("only those who joined today are announced as new", async ({ database: { db } }) => {
  await importText(db, "members", ["external_id,join_date", "M1,2026-11-22", "M2,2026-11-21", "M3,2026-12-01", "M4,"]);
  const events = await db
    .select({ type: memberEvents.type, id: users.externalId })
    .from(memberEvents)
    .innerJoin(users, eq(users.id, memberEvents.memberId));
  expect(events).toEqual([{ type: "joined", id: "M1" }]);
});

test("two imports at once make each member once", async ({ database: { db } }) => {
  const lines = Array.from({ length: 1_500 }, (_, number) => `m${number}@example.ch,Name`);
  const answers = await Promise.all([
    importText(db, "members", ["email,first_name", ...lines]),
    importText(db, "members", ["email,first_name", ...lines.toReversed()]),
  ]);
  expect(answers.reduce((sum, { created }) => sum + created, 0)).toBe(1_500);
  expect(await listMembers(db)).toHaveLength(1_500);
});

test("E45: a line of a record that was merged is refused by name; what is about them is the survivor's", async ({
  database: { db },
}) => {
  await importText(db, "members", ["external_id,email", "M1,anna@example.ch", "M2,anna.keller@example.ch"]);
  await db.execute(sql`
    update users set erased_at = now(), email = null, merged_into_id = (select id from users where external_id = 'M1')
    where external_id = 'M2'`);
  const again = await importText(db, "members", ["external_id,first_name", "M1,Anna", "M2,Annette"]);
  expect(again).toMatchObject({
    updated: 1,
    problems: [
      { line: 3, column: "external_id", reason: "was merged into the member M1: take it out, or name that one" },
    ],
  });
  await importText(db, "visits", ["member_external_id,visited_at", "M2,2026-11-01T10:00:00Z"]);
  const { rows } = await db.execute(sql`
    select u.external_id as "externalId", u.first_name as name from visits v join users u on u.id = v.member_id`);
  expect(rows).toEqual([{ externalId: "M1", name: "Anna" }]);
});
