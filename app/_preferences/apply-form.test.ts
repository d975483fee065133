import { expect } from "vitest";
import type { Tx } from "#db/client";
import { readPreferences } from "#db/queries/preferences";
import { unsubscribe } from "#db/queries/unsubscribe";
import { consentEvents } from "#db/schema/index";
import { nameOfChoice } from "#lib/message-choices";
import { test } from "../../test/support/database.ts";
import { createMember } from "../../test/support/factories.ts";
import { applyPreferenceForm } from "./apply-form.ts";
import { readPreferenceForm } from "./preference-form.ts";

const formOf = (fields: Record<string, string>) =>
  readPreferenceForm(
    new Request("https://app.example/form", { method: "POST", body: String(new URLSearchParams(fields)) }),
  );

async function send(tx: Tx, memberId: number, fields: Record<string, string>) {
  const answer = await applyPreferenceForm(tx, memberId, await formOf(fields), "unsubscribe_page");
  return new URLSearchParams(answer);
}

const listOn = async (tx: Tx, memberId: number) =>
  (await readPreferences(tx, memberId))?.choices.filter(({ isGranted }) => isGranted).map(nameOfChoice);

const ledger = async (tx: Tx) => (await tx.select().from(consentEvents).orderBy(consentEvents.id)).slice(1);

test("only switches that were moved say something, in the words and the language of the page", async ({ tx }) => {
  const { id } = await createMember(tx, { language: "de" });
  const moved = { "was.service.sms": "on", "was.marketing.sms": "off", "marketing.sms": "on" };
  const answer = await send(tx, id, { do: "save", "was.marketing.email": "on", "marketing.email": "on", ...moved });
  expect(await ledger(tx)).toMatchObject([
    {
      class: "marketing",
      channel: "sms",
      isGranted: true,
      source: "unsubscribe_page",
      wording: "Angebote, Einladungen und Neuigkeiten von Training Club. Schickt mir Werbung per SMS",
    },
    { class: "service", channel: "sms", isGranted: false, wording: expect.stringContaining("Service-Nachrichten") },
  ]);
  await send(tx, id, { do: "undo", choices: answer.get("undo") ?? "" });
  expect(await listOn(tx, id)).toEqual([
    "marketing.email",
    "marketing.in_app",
    "service.email",
    "service.sms",
    "service.in_app",
  ]);
});

test("a form that still shows a yes does not undo a no that came in the meantime", async ({ tx }) => {
  const { id } = await createMember(tx);
  await unsubscribe(tx, id, "one_click");
  await send(tx, id, { do: "save", "was.marketing.email": "on", "marketing.email": "on", "was.service.sms": "on" });
  expect(await listOn(tx, id)).not.toContain("marketing.email");
});

test("stopping everything and taking it back leaves everything as it was", async ({ tx }) => {
  const { id } = await createMember(tx, { email: "ada@example.com" });
  const before = await listOn(tx, id);
  const answer = await send(tx, id, { do: "stop" });
  expect(await readPreferences(tx, id)).toMatchObject({ isEmailStopped: true });
  const refused = { isGranted: false, wording: expect.stringContaining("Stop everything to a***@example.com.") };
  expect(await ledger(tx)).toMatchObject([
    { class: "marketing", channel: "email", ...refused },
    { class: "service", channel: "email", ...refused },
  ]);
  await send(tx, id, { do: "resume", choices: answer.get("undo") ?? "" });
  expect(await readPreferences(tx, id)).toMatchObject({ isEmailStopped: false });
  expect(await listOn(tx, id)).toEqual(before);
});

test("unsubscribing and subscribing again are kept with the sentences on the page", async ({ tx }) => {
  const { id } = await createMember(tx, { language: "fr" });
  expect((await send(tx, id, { do: "unsubscribe" })).get("done")).toBe("unsubscribed");
  expect((await send(tx, id, { do: "subscribe" })).get("done")).toBe("subscribed");
  expect((await ledger(tx)).map(({ isGranted, wording }) => [isGranted, wording])).toEqual([
    [false, "Ne plus recevoir de publicité par e-mail"],
    [true, "Offres, invitations et nouvelles de Training Club. Envoyez-moi de la publicité par e-mail"],
  ]);
});

test.each<Record<string, string>>([{}, { do: "" }, { do: "delete" }])(
  "a form that asks for %j is refused",
  async (fields) => {
    await expect(formOf(fields)).rejects.toMatchObject({ status: 400 });
  },
);
