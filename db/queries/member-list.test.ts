import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Tx } from "#db/client";
import { locations, memberTags, users } from "#db/schema/index";
import { memberStateOf } from "#lib/member-state";
import { riskLevelOf } from "#lib/risk-level";
import { one } from "#lib/rows";
import { test } from "../../test/support/database.ts";
import { createMember } from "../../test/support/factories.ts";
import { listMemberChoices } from "./member-choices.ts";
import { listMembers, type MemberFilter, type MemberPlace } from "./member-list.ts";
import { recordRiskScores } from "./risk-scores.ts";

const today = "2026-11-22";
const scoredAt = new Date("2026-11-21T00:00:00Z");

async function namesOf(tx: Tx, filter: MemberFilter = {}, place: MemberPlace = {}, limit = 50) {
  return (await listMembers(tx, { filter, place, limit, today })).map(({ name }) => name);
}

const named = (tx: Tx, name: string, rest: Parameters<typeof createMember>[1] = {}) => {
  const [firstName, lastName] = name.split(" ");
  return createMember(tx, { firstName, lastName, ...rest });
};

const score = (tx: Tx, memberId: number, value: number) =>
  recordRiskScores(tx, [{ memberId, score: value, scoredAt, reasons: ["Came less"], modelVersion: "test" }]);

test("members stand by their names, whatever accents and capitals these have", async ({ tx }) => {
  for (const name of ["Zoë Frei", "élodie Roux", "Eva Zwick", "Émile Abt"]) {
    await named(tx, name);
  }
  await createMember(tx, { firstName: "Gone", erasedAt: new Date() });
  await createMember(tx, { firstName: "Coach", role: "staff" });
  expect(await namesOf(tx)).toEqual(["élodie Roux", "Émile Abt", "Eva Zwick", "Zoë Frei"]);
});

test.for<[text: string, found: string[]]>([
  ["ZOE", ["Zoë Frei"]],
  ["frei zoë", ["Zoë Frei"]],
  ["zoe roux", []],
  ["freidesk@", ["Zoë Frei"]],
  ["K-77", ["Élodie Roux"]],
  ["079 123 45", ["Zoë Frei"]],
  ["+41 79 123", ["Zoë Frei"]],
  ["%", []],
  ["_", []],
  ["\\", []],
  ["'; drop table users; --", []],
])("whoever is looked for as “%s” is found", async ([text, found], { tx }) => {
  await named(tx, "Zoë Frei", { email: "freidesk@example.ch", phone: "+41 (0)79 123 45 67" });
  await named(tx, "Élodie Roux", { externalId: "k-77" });
  expect(await namesOf(tx, { text })).toEqual(found);
});

test("each filter leaves those whom the row says it fits", async ({ tx }) => {
  const place = one(await tx.insert(locations).values({ name: "North" }).returning());
  const coach = await createMember(tx, { role: "staff", firstName: "Jo", lastName: "Coach" });
  const active = await named(tx, "Active One", { membershipLevel: "gold", primaryTrainerId: coach.id });
  const frozen = await named(tx, "Frozen One", { status: "frozen", locationId: place.id });
  await named(tx, "Ended One", { membershipEndsOn: "2026-11-21" });
  await named(tx, "Frozen Ended", { status: "frozen", membershipEndsOn: "2026-11-21" });
  await named(tx, "Cancelled One", { status: "cancelled", membershipEndsOn: "2026-11-21" });
  await named(tx, "Last Day", { membershipEndsOn: today });
  await score(tx, active.id, 0.7);
  await score(tx, frozen.id, 0.6999);
  const objected = await named(tx, "Objected One", { profilingObjectedAt: new Date() });
  await score(tx, objected.id, 0.9);
  await tx.insert(memberTags).values({ memberId: frozen.id, tag: "vip" });

  expect(await namesOf(tx, { state: "active" })).toEqual(["Active One", "Last Day", "Objected One"]);
  expect(await namesOf(tx, { state: "frozen" })).toEqual(["Frozen One"]);
  expect(await namesOf(tx, { state: "ended" })).toEqual(["Ended One", "Frozen Ended"]);
  expect(await namesOf(tx, { state: "cancelled" })).toEqual(["Cancelled One"]);
  expect(await namesOf(tx, { risk: "high" })).toEqual(["Active One"]);
  expect(await namesOf(tx, { risk: "medium" })).toEqual(["Frozen One"]);
  expect(await namesOf(tx, { tag: "vip" })).toEqual(["Frozen One"]);
  expect(await namesOf(tx, { level: "gold" })).toEqual(["Active One"]);
  expect(await namesOf(tx, { trainerId: coach.id })).toEqual(["Active One"]);
  expect(await namesOf(tx, { locationId: place.id, tag: "vip", state: "frozen", text: "one" })).toEqual(["Frozen One"]);

  const rows = await listMembers(tx, { filter: {}, place: {}, limit: 50, today });
  for (const state of ["active", "frozen", "ended", "cancelled"] as const) {
    const fitting = rows.filter((row) => memberStateOf(row, today) === state).map(({ name }) => name);
    expect(await namesOf(tx, { state })).toEqual(fitting);
  }
  for (const risk of ["high", "medium", "low"] as const) {
    const fitting = rows.filter(({ riskScore }) => riskScore !== null && riskLevelOf(riskScore) === risk);
    expect(await namesOf(tx, { risk })).toEqual(fitting.map(({ name }) => name));
  }
  expect(rows.find(({ name }) => name === "Active One")).toMatchObject({ trainer: "Jo Coach", riskScore: 0.7 });
  expect(rows.find(({ name }) => name === "Frozen One")).toMatchObject({ tags: ["vip"] });
  expect(await listMemberChoices(tx)).toEqual({
    tags: ["vip"],
    levels: ["gold"],
    trainers: [{ id: coach.id, name: "Jo Coach" }],
    locations: [{ id: place.id, name: "North" }],
  });
});

test("pages follow one another in both directions, also among people of one name", async ({ tx }) => {
  const ids: number[] = [];
  for (const name of ["Ann Bo", "Ann Bo", "Ann Bo", "Cy Do", "Eve Fo"]) {
    ids.push((await named(tx, name)).id);
  }
  const page = async (place: MemberPlace) =>
    (await listMembers(tx, { filter: {}, place, limit: 2, today })).map(({ id }) => ids.indexOf(id));
  expect(await page({})).toEqual([0, 1]);
  expect(await page({ afterId: ids[1] })).toEqual([2, 3]);
  expect(await page({ afterId: ids[3] })).toEqual([4]);
  expect(await page({ beforeId: ids[4] })).toEqual([3, 2]);
  expect(await page({ beforeId: ids[2] })).toEqual([1, 0]);
  await tx.update(users).set({ erasedAt: new Date() }).where(sql`id = ${ids[1]}`);
  expect(await page({ afterId: ids[1] })).toEqual([2, 3]);
  expect(await page({ afterId: 999_999_999 })).toEqual([]);
});

test("a name of any length is kept and found", async ({ tx }) => {
  const letters = Array.from({ length: 3_000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join("");
  await createMember(tx, { firstName: letters, lastName: "Long" });
  expect(await namesOf(tx, { text: letters.slice(0, 50) })).toEqual([`${letters} Long`]);
});
