import { desc } from "drizzle-orm";
import { expect } from "vitest";
import type { SettingsGroup } from "#components/settings/settings-form-data";
import type { Tx } from "#db/client";
import { type GymSettings, readSettings } from "#db/queries/settings";
import { auditEvents, communicationLogs } from "#db/schema/index";
import type { AppError } from "#lib/errors";
import { test } from "../../../test/support/database.ts";
import { clockAt, createMember } from "../../../test/support/factories.ts";
import { toFormValues } from "./form-values.ts";
import { saveSettings } from "./save-settings.ts";

const clock = clockAt("2026-11-22");

async function change(tx: Tx, group: SettingsGroup, values: Record<string, unknown>, seenAs?: GymSettings) {
  const { id: actorId } = await createMember(tx, { role: "admin", firstName: "Rico", lastName: "Frei" });
  const seen = toFormValues(group, seenAs ?? (await readSettings(tx)));
  return saveSettings(tx, { group, values: { ...seen, ...values }, seen, actorId }, clock);
}

const fieldsOf = (refused: Promise<unknown>) =>
  refused.then(
    () => "nothing was refused",
    (error: AppError) => error.fields,
  );

test("what changed is stored, and told with before and after", async ({ tx }) => {
  const answer = await change(tx, "quiet", { quietHoursStart: "21:30", quietHoursEnd: "08:00" });
  expect(answer).toMatchObject({ outcome: "saved", values: { quietHoursStart: "21:30" } });
  expect(await readSettings(tx)).toMatchObject({ quietHoursStart: "21:30:00", quietHoursEnd: "08:00:00" });
  const acts = await tx.select().from(auditEvents).orderBy(desc(auditEvents.id));
  expect(acts).toMatchObject([
    {
      action: "settings.quiet_changed",
      subjectType: "settings",
      before: { quietHoursStart: "00:00:00", quietHoursEnd: "00:00:00" },
      after: { quietHoursStart: "21:30", quietHoursEnd: "08:00" },
    },
  ]);
});

test("who saves what nobody changed leaves no trace", async ({ tx }) => {
  expect((await change(tx, "brake", {})).outcome).toBe("saved");
  expect(await tx.select().from(auditEvents)).toEqual([]);
});

test("of two admins who change the same, the second hears of the first; other groups are none of it", async ({
  tx,
}) => {
  const opened = await readSettings(tx);
  await change(tx, "caps", { dailyCap: "2", weeklyCap: "5" });
  const late = await change(tx, "caps", { dailyCap: "4" }, opened);
  expect(late).toMatchObject({ outcome: "conflict", theirs: { dailyCap: "2", weeklyCap: "5" } });
  expect(late.outcome === "conflict" && late.message).toContain("Rico Frei changed");
  expect(await readSettings(tx)).toMatchObject({ dailyCap: 2, weeklyCap: 5 });
  expect((await change(tx, "gym", { name: "Club" }, opened)).outcome).toBe("saved");
});

const wrong: [group: SettingsGroup, values: Record<string, unknown>, field: string, says: RegExp][] = [
  ["gym", { name: "  " }, "name", /Give the gym a name/],
  ["gym", { name: "Club\r\nBcc: x@y.ch" }, "name", /One line/],
  ["gym", { postalAddress: "a\0" }, "postalAddress", /U\+0000/],
  ["gym", { countryCode: "XX" }, "countryCode", /Choose a country/],
  ["time", { timeZone: "CET+1" }, "timeZone", /Choose a zone/],
  ["time", { timeZone: "Europe/Zürich" }, "timeZone", /Choose a zone/],
  ["time", { sweepTime: "25:00" }, "sweepTime", /00:00 to 23:59/],
  ["brake", { brakeMinRuns: "-1" }, "brakeMinRuns", /0 to 1,000,000/],
  ["brake", { brakeMemberShare: "101" }, "brakeMemberShare", /1 to 100/],
  ["caps", { dailyCap: "1.5" }, "dailyCap", /whole number/],
  ["caps", { dailyCap: "3", weeklyCap: "2" }, "weeklyCap", /At least the 3/],
  ["sender", { senderAddress: "a@b.ch, c@d.ch" }, "senderAddress", /One address/],
  ["sender", { smsCountries: "CH, ZZ" }, "smsCountries", /“ZZ” is no country/],
  ["tasks", { defaultAssigneeId: "999999" }, "defaultAssigneeId", /somebody else/],
  ["tasks", { complaintTasks: "yes" }, "complaintTasks", /on or off/],
];

for (const [group, values, field, says] of wrong) {
  test(`${group}: ${JSON.stringify(values)} is refused at its field`, async ({ tx }) => {
    const before = await readSettings(tx);
    expect(await fieldsOf(change(tx, group, values))).toMatchObject({ [field]: expect.stringMatching(says) });
    expect(await readSettings(tx)).toEqual(before);
  });
}

test("no other column can be set by the way", async ({ tx }) => {
  const refused = change(tx, "gym", { senderAddress: "evil@x.ch" });
  await expect(refused).rejects.toThrow("Nothing was saved");
});

test("what waits for a morning that came earlier is judged anew", async ({ tx }) => {
  const member = await createMember(tx);
  const message = { channel: "email", class: "marketing", memberId: member.id, queuedAt: clock.now } as const;
  const tomorrow = new Date("2026-11-22T08:00:00Z");
  await tx.insert(communicationLogs).values([
    { ...message, reason: "quiet_hours", dueAt: tomorrow },
    { ...message, reason: null, dueAt: tomorrow },
  ]);
  await change(tx, "quiet", { quietHoursEnd: "03:00" });
  const rows = await tx
    .select({ dueAt: communicationLogs.dueAt })
    .from(communicationLogs)
    .orderBy(communicationLogs.id);
  expect(rows).toEqual([{ dueAt: clock.now }, { dueAt: tomorrow }]);
});
