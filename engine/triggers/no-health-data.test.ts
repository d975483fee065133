import { getTableColumns } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "#db/schema/index";
import { memberValues, sampleValues, standingNames } from "#lib/templates/placeholders";
import { triggers } from "./index.ts";

/** What a gym comes to know of a body, in the words of those who would name a fact after it. */
const health =
  /health|injur|medic|diagnos|disease|illness|\bsick|pain|pregnan|allerg|medicat|physio|therap|surger|disab|blood|heart_?rate|body_?fat|weight|\bbmi\b|check_?up|anamnes|notes?\b|comment/i;

const facts = triggers.entries.flatMap((trigger) =>
  Object.entries<{ label: string; sample: string }>(trigger.facts).map(([name, fact]) => ({ name, ...fact })),
);

test("S41: the words are found where they stand", () => {
  for (const name of ["injury", "medical_notes", "last_checkup", "check_up_on", "health_score", "weight", "note"]) {
    expect(name).toMatch(health);
  }
});

test("S41: no placeholder says anything about a member's health", () => {
  expect(facts.length).toBeGreaterThan(10);
  const said = [
    ...[...standingNames, ...Object.keys(sampleValues())].map((name) => name),
    ...facts.flatMap(({ name, label, sample }) => [name, label, sample]),
  ];
  expect(said.filter((words) => health.test(words))).toEqual([]);
});

test("S41: of a member's own row placeholders say five things and no more", () => {
  const row = Object.fromEntries(Object.keys(getTableColumns(schema.users)).map((column) => [column, `<${column}>`]));
  const said = memberValues(row as unknown as Parameters<typeof memberValues>[0]);
  expect(said).toEqual({
    member_first_name: "<firstName>",
    member_last_name: "<lastName>",
    member_email: "<email>",
    membership_level: "<membershipLevel>",
    join_date: "<joinDate>",
  });
});

test("S41: no trigger is set off by what a gym knows of a member's health", () => {
  const said = triggers.entries.flatMap(({ type, params }) => [type, ...Object.keys(params.shape)]);
  expect(said.length).toBeGreaterThan(15);
  expect(said.filter((words) => health.test(words))).toEqual([]);
});
