import { expect } from "vitest";
import { test } from "../../test/support/database.ts";
import { createMember } from "../../test/support/factories.ts";
import { findMembers } from "./find-members.ts";

test("members are found by name, address and number, and nobody else is", async ({ tx }) => {
  const mara = await createMember(tx, {
    firstName: "Mara",
    lastName: "Keller",
    email: "mk@gym.example",
    externalId: "A-17",
  });
  const tamara = await createMember(tx, { firstName: "Tamara", lastName: "Frei", email: null });
  await createMember(tx, { firstName: "Mara", lastName: "Gone", erasedAt: new Date() });
  await createMember(tx, { firstName: "Mara", lastName: "Trainer", role: "staff" });
  const find = async (text: string) => (await findMembers(tx, text)).map(({ id }) => id);
  expect(await findMembers(tx, "mara")).toEqual([
    { id: mara.id, name: "Mara Keller", hint: "mk@gym.example" },
    { id: tamara.id, name: "Tamara Frei", hint: `Number ${tamara.id}` },
  ]);
  expect(await find("ra ke")).toEqual([mara.id]);
  expect(await find("MK@GYM")).toEqual([mara.id]);
  expect(await find(String(tamara.id))).toContain(tamara.id);
  expect(await find("A-17")).toEqual([mara.id]);
  for (const none of ["%", "_", "\\", "'; drop"]) {
    expect(await find(none)).toEqual([]);
  }
});
