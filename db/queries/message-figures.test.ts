import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Tx } from "#db/client";
import { communicationLogs, workflowRuns } from "#db/schema/index";
import { one } from "#lib/rows";
import { test } from "../../test/support/database.ts";
import { clockAt, createMember, createWorkflow } from "../../test/support/factories.ts";
import { countFigures } from "./count-figures.ts";
import { readMessageFigures } from "./message-figures.ts";
import { recordVisits } from "./visits.ts";

const clock = clockAt("2026-11-22");
const later = (minutes: number) => ({ ...clock, now: new Date(clock.now.getTime() + minutes * 60_000) });

async function send(tx: Tx, at: string, more: Partial<typeof communicationLogs.$inferInsert> = {}) {
  const member = await createMember(tx);
  const workflow = await createWorkflow(tx);
  const run = one(
    await tx
      .insert(workflowRuns)
      .values({
        ...{
          workflowId: workflow.id,
          versionId: sql`(select live_version_id from automation_workflows where id = ${workflow.id})`,
          memberId: member.id,
          status: "done",
        },
        ...{ startedOn: at.slice(0, 10), startedAt: new Date(at), endedAt: new Date(at) },
      })
      .returning(),
  );
  const sent = { channel: "email", class: "marketing", status: "sent", stepId: 1 } as const;
  const when = { queuedAt: new Date(at), sentAt: new Date(at) };
  await tx.insert(communicationLogs).values({ ...sent, ...when, memberId: member.id, runId: run.id, ...more });
  return member;
}

const figuresOf = async (tx: Tx, day: string) =>
  (await readMessageFigures(tx, clock, 30)).find((figure) => figure.day === day && figure.channel === "email");

test("a day's messages by what became of them, and whose readers came within a week", async ({ tx }) => {
  // 23:30 in Zurich on the 9th, and 00:30 on the 11th: neither is the 10th's.
  await send(tx, "2026-11-09T22:30:00Z");
  await send(tx, "2026-11-10T23:30:00Z");
  const came = await send(tx, "2026-11-10T03:00:00Z", { status: "opened" });
  const late = await send(tx, "2026-11-10T03:00:00Z", { status: "delivered" });
  const sameDay = await send(tx, "2026-11-10T03:00:00Z");
  const visit = (memberId: number, day: string) => ({
    ...{ memberId, visitedAt: new Date(`${day}T11:00:00Z`), kind: "checkin" as const },
  });
  await recordVisits(
    tx,
    [visit(came.id, "2026-11-17"), visit(late.id, "2026-11-18"), visit(sameDay.id, "2026-11-10")],
    clock,
  );
  await send(tx, "2026-11-10T03:00:00Z", { status: "failed", sentAt: null });
  await send(tx, "2026-11-10T03:00:00Z", { runId: null, class: "service" });
  await countFigures(tx, clock);
  expect(await figuresOf(tx, "2026-11-10")).toMatchObject({ sent: 3, delivered: 2, opened: 1, returned: 1 });
  expect(await figuresOf(tx, "2026-11-12")).toMatchObject({ sent: 0, returned: 0 });
  expect(await readMessageFigures(tx, clock, 30)).toHaveLength(90);
});

test("a day is counted anew while more may become of it, the latest ones soonest", async ({ tx }) => {
  await countFigures(tx, clock);
  for (const day of ["2026-11-22", "2026-11-15", "2026-10-30"]) {
    await send(tx, `${day}T02:00:00Z`);
  }
  const sent = async () => {
    const figures = await readMessageFigures(tx, clock, 30);
    return ["2026-11-22", "2026-11-15", "2026-10-30"].map(
      (day) => figures.find((figure) => figure.day === day && figure.channel === "email")?.sent,
    );
  };
  await countFigures(tx, later(5));
  expect(await sent()).toEqual([0, 0, 0]);
  await countFigures(tx, later(11));
  expect(await sent()).toEqual([1, 0, 0]);
  await countFigures(tx, later(361));
  expect(await sent()).toEqual([1, 1, 0]);
  await tx.execute(sql`delete from message_figures where day = '2026-10-30'`);
  await countFigures(tx, later(362));
  expect(await sent()).toEqual([1, 1, 1]);
});
