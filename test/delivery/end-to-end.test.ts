import path from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { gymSettings, users } from "#db/schema/index";
import { readClock } from "#engine/clock";
import { requestRunNow } from "#engine/switching";
import { addDays } from "#lib/calendar";
import type { Provider } from "#messaging/provider";
import { createResend } from "#messaging/providers/resend";
import { createSmtp } from "#messaging/providers/smtp";
import { createTestDatabase } from "../support/database.ts";
import { createMember, createTemplate, createWorkflow } from "../support/factories.ts";
import { startMailServer } from "../support/mail-server.ts";
import { startRedis } from "../support/redis.ts";
import { resendKey, startResendServer } from "../support/resend-server.ts";
import { until } from "../support/until.ts";
import { startTestWorker } from "../support/worker.ts";
import { countStates } from "./gym.ts";

type Arrived = { to: string; subject: string; html: string; text: string; unsubscribe: string };
type Way = { provider: Provider; arrived: () => Arrived[] };

async function overSmtp(): Promise<Way> {
  const server = await startMailServer();
  const provider = createSmtp({ url: server.url });
  onTestFinished(async () => {
    provider.close?.();
    await server.stop();
  });
  const arrived = () =>
    server.taken.map(({ recipients, mail }) => ({
      to: recipients.join(),
      subject: mail.subject ?? "",
      html: String(mail.html),
      text: mail.text ?? "",
      unsubscribe: mail.headerLines.find(({ key }) => key === "list-unsubscribe")?.line ?? "",
    }));
  return { provider, arrived };
}

async function overHttp(): Promise<Way> {
  const server = await startResendServer({ witnessFile: path.join(inject("scratchDirectory"), "end-to-end.jsonl") });
  onTestFinished(server.stop);
  const provider = createResend({ apiKey: resendKey, baseUrl: server.url, requestsPerSecond: 100 });
  const arrived = () =>
    server.taken().map(({ to, subject, html, text, headers }) => ({
      to: to.join(),
      subject,
      html,
      text,
      unsubscribe: headers["List-Unsubscribe"] ?? "",
    }));
  return { provider, arrived };
}

test.for([
  { queue: "redis", way: "SMTP", open: overSmtp },
  { queue: "redis", way: "HTTP", open: overHttp },
  { queue: "postgres", way: "SMTP", open: overSmtp },
  { queue: "postgres", way: "HTTP", open: overHttp },
])("from a sweep to the mailbox by $way, woken by $queue", async ({ queue, open }) => {
  const database = await createTestDatabase();
  onTestFinished(database.drop);
  const { db } = database;
  const { provider, arrived } = await open();
  const redis = queue === "redis" ? await startRedis() : undefined;
  const worker = await startTestWorker(database, { email: provider, redisUrl: redis?.url });
  onTestFinished(async () => {
    await worker.stop();
    await redis?.stop();
  });
  await db.update(gymSettings).set({ brakeMinRuns: 1_000 });
  const { today } = await readClock(db);
  for (const name of ["Lea", "Émile", "<b>Bo</b>"]) {
    await createMember(db, { firstName: name, visits: [addDays(today, -40)] });
  }
  const template = await createTemplate(db);
  const workflow = await createWorkflow(db, {
    steps: [{ id: 1, action: { type: "send_email", params: { template_id: template.id } } }],
  });
  await requestRunNow(db, { workflowId: workflow.id, actorId: null });
  await until(
    () => countStates(db),
    ({ sent }) => sent === 3,
  );

  const mails = arrived();
  const members = await db.select().from(users);
  expect(mails.map(({ to }) => to).sort()).toEqual(members.map(({ email }) => email).sort());
  expect(mails.map(({ subject }) => subject).sort()).toEqual(["Hello <b>Bo</b>", "Hello Lea", "Hello Émile"]);
  const bo = mails.find(({ subject }) => subject.includes("Bo"));
  const { id } = members.find(({ firstName }) => firstName.includes("Bo")) ?? { id: 0 };
  expect(bo?.html).toContain("Good to see you, &lt;b&gt;Bo&lt;/b&gt;.");
  expect(bo?.text).toContain("Good to see you, <b>Bo</b>.");
  expect(bo?.unsubscribe).toContain(`<https://app.example/api/unsubscribe/${id}>`);
});
