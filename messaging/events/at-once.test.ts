import { expect } from "vitest";
import { suppressions } from "#db/schema/index";
import { test } from "../../test/support/database.ts";
import { bounce, createSent, tell } from "../../test/support/told.ts";

test("of five soft bounces that are told at once one is the fifth", async ({ database: { db } }) => {
  const addresses = Array.from({ length: 20 }, (_, place) => `at-once-${place}@example.com`);
  for (const recipient of addresses) {
    const messages = await Promise.all([1, 2, 3, 4, 5].map(() => createSent(db, { recipient })));
    await Promise.all(messages.map((message) => tell(db, "bounced", message, { data: bounce("Transient") })));
  }
  expect(await db.select().from(suppressions)).toHaveLength(addresses.length);
});
