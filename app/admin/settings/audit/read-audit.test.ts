import { expect } from "vitest";
import type { Db } from "#db/client";
import { insertAuditEvent } from "#db/queries/audit";
import { auditEvents } from "#db/schema/index";
import { test } from "../../../../test/support/database.ts";
import { clockAt, createMember, createTemplate } from "../../../../test/support/factories.ts";
import { listSources, readSource } from "../../../../test/support/sources.ts";
import { type AuditQuery, readAuditQuery } from "./audit-filter.ts";
import { describeAct } from "./describe-act.ts";
import { readAudit } from "./read-audit.ts";

const clock = clockAt("2026-11-22");
const query = (given: Record<string, string> = {}): Promise<AuditQuery> => readAuditQuery(Promise.resolve(given));
const read = async (db: Db, given?: Record<string, string>) => readAudit(db, await query(given), clock);

test("who did what to what, with before and after", async ({ tx }) => {
  const rico = await createMember(tx, { role: "admin", firstName: "Rico", lastName: "Frei" });
  const template = await createTemplate(tx, { name: "We miss you" });
  const settings = { subjectType: "settings", subjectId: 1, actorId: rico.id };
  await insertAuditEvent(tx, {
    ...{ ...settings, action: "settings.quiet_changed" },
    before: { quietHoursStart: "20:00", complaintTasks: false, smsCountries: [] },
    after: { quietHoursStart: "21:30", complaintTasks: false, smsCountries: ["CH", "LI"] },
  });
  const about = { subjectType: "template", subjectId: template.id };
  await insertAuditEvent(tx, { actorId: null, action: "template.archived", ...about, before: { name: "We miss you" } });
  const { rows, older } = await read(tx);
  expect(older).toBeNull();
  expect(rows).toMatchObject([
    {
      actor: "The app, or the command line",
      words: "archived the template",
      subject: "We miss you",
      href: `/admin/templates/${template.id}`,
      changes: [{ name: "Name", before: "We miss you", after: null }],
    },
    {
      actor: "Rico Frei",
      words: "changed the quiet hours",
      subject: null,
      changes: [
        { name: "Quiet hours start", before: "20:00", after: "21:30" },
        { name: "Sms countries", before: null, after: "CH, LI" },
      ],
    },
  ]);
});

test("of a definition only what differs is told, and where in it", async ({ tx }) => {
  const steps = (days: number) => [
    { id: 1, wait: { days } },
    { id: 2, action: { type: "add_tag" } },
  ];
  await insertAuditEvent(tx, {
    ...{ actorId: null, action: "workflow.edited", subjectType: "workflow", subjectId: 999_999 },
    before: { steps: steps(3) },
    after: { steps: steps(5) },
  });
  const { rows } = await read(tx);
  expect(rows).toMatchObject([
    { subject: "workflow 999999", changes: [{ name: "Steps › 1 › Wait › Days", before: "3", after: "5" }] },
  ]);
});

test("left out by who, what, one thing and the gym's days; pages meet without a gap", async ({ tx }) => {
  const rico = await createMember(tx, { role: "admin" });
  const act = { actorId: rico.id, action: "member.tag_added", subjectType: "member", subjectId: rico.id };
  // 23:30 and 00:30 in Zurich, either side of the 21st's midnight.
  const [late, early] = [new Date("2026-11-21T22:30:00Z"), new Date("2026-11-21T23:30:00Z")];
  await tx
    .insert(auditEvents)
    .values([
      { ...act, createdAt: late },
      { ...act, createdAt: early, subjectId: rico.id + 1, actorId: null },
      ...Array.from({ length: 60 }, () => ({ ...act, subjectType: "workflow", createdAt: new Date("2026-10-01") })),
    ]);
  const count = async (given: Record<string, string>) => (await read(tx, given)).rows.length;
  expect(await count({ what: "member" })).toBe(2);
  expect(await count({ what: "member", id: String(rico.id) })).toBe(1);
  expect(await count({ who: "app" })).toBe(1);
  expect(await count({ who: String(rico.id), what: "member" })).toBe(1);
  expect(await count({ from: "2026-11-22" })).toBe(1);
  expect(await count({ from: "2026-11-21", to: "2026-11-21" })).toBe(1);
  expect(await count({ who: "nobody", what: "drop table", from: "2026-02-30", before: "-1" })).toBe(50);
  const first = await read(tx);
  const before = new URL(first.older ?? "", "http://gym").searchParams.get("before") ?? "";
  const second = await read(tx, { before });
  const ids = [...first.rows, ...second.rows].map(({ id }) => id);
  expect([new Set(ids).size, second.rows.length, second.older]).toEqual([62, 12, null]);
});

test("every act that is written has words of its own", () => {
  const sources = listSources().filter((file) =>
    /^(app|db|engine|importing|messaging|scripts)\/.*(?<!\.test)\.ts$/.test(file),
  );
  const written = sources.flatMap((file) =>
    Array.from(
      readSource(file).matchAll(
        /"((?:workflow|template|member|message|complaints|installation|location|run|import|logs)\.[a-z_]+)"/g,
      ),
      ([, action = ""]) => action,
    ),
  );
  expect(new Set(written).size).toBeGreaterThan(31);
  const unsaid = written.filter(
    (action) =>
      describeAct({ action, kind: "", subjectId: null, subject: null }).words === action.replace(/[._]/g, " "),
  );
  expect(unsaid).toEqual([]);
});
