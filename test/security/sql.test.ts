import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { listMemberKeys, mapStaffByEmail } from "#db/queries/members";
import { findSession } from "#db/queries/sessions";
import { countAttempt, findSignIn } from "#db/queries/sign-in";
import { test } from "../support/database.ts";
import { createMember } from "../support/factories.ts";
import { injections } from "../support/injection.ts";
import { nastyNames } from "../support/nasty-values.ts";
import { listSources, readSource } from "../support/sources.ts";

const sources = listSources().filter((file) => !/\.(test|spec)\.tsx?$/.test(file));

/** Merging and erasing go through all tables that name a member: their names come from lists in the code. */
const namesOurOwn = /^(db\/queries\/merged-records|engine\/merging\/|engine\/privacy\/)/;

test.each(sources)("%s puts no value into SQL but as a parameter", (file) => {
  const source = readSource(file);
  expect(source).not.toMatch(/\bsql\s*\.\s*raw\b/);
  if (!namesOurOwn.test(file)) {
    expect(source).not.toMatch(/\bsql\s*\.\s*identifier\b/);
  }
  // Names cannot be parameters: the driver quotes them, in what sets databases up.
  if (!/^(test\/|bench\/|e2e\/|db\/migrate\.ts|worker\/connection\.ts)/.test(file)) {
    expect(source).not.toMatch(
      /\.(query|execute)\(\s*(`[^`]*\$\{(?!\w+\.escape(Identifier|Literal)\()|["'][^"']*["']\s*\+)/,
    );
  }
});

test("a hundred attempts at injection are just text, in everything that takes text", async ({ tx }) => {
  await createMember(tx, { email: "victim@gym.example", externalId: "victim" });
  await createMember(tx, { email: "trainer@gym.example", role: "staff" });
  expect(injections).toHaveLength(100);
  // A zero byte cannot be stored as text at all; whoever takes text from outside drops it first.
  const texts = [...injections, ...nastyNames].filter((text) => !text.includes("\u0000") && text.isWellFormed());
  const before = performance.now();
  for (const text of texts) {
    expect(await findSignIn(tx, text)).toBeNull();
    expect(await findSession(tx, text)).toBeNull();
    const rule = { accountKey: text, networkKey: `n ${text}`, accountLimit: 1, networkLimit: 1, windowMinutes: 15 };
    expect(await countAttempt(tx, rule, new Date())).toBe(true);
  }
  expect(await listMemberKeys(tx, texts, texts)).toEqual([]);
  expect(await mapStaffByEmail(tx, texts)).toEqual(new Map());
  expect(performance.now() - before).toBeLessThan(15_000);
  const { rows } = await tx.execute(sql`select role, count(*)::int as count from users group by role order by role`);
  expect(rows).toEqual([
    { role: "member", count: 1 },
    { role: "staff", count: 1 },
  ]);
});
