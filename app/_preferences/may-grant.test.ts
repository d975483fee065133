import { expect, test } from "vitest";
import { readUnsubscribeToken, signUnsubscribeToken } from "#messaging/unsubscribe-token";
import { mayGrant, readPreferenceForm } from "./preference-form.ts";

const formOf = (fields: Record<string, string>) =>
  readPreferenceForm(new Request("http://localhost", { method: "POST", body: new URLSearchParams(fields).toString() }));

test.for<[string, Record<string, string>, boolean]>([
  ["unsubscribe", { do: "unsubscribe" }, false],
  ["stop everything", { do: "stop" }, false],
  ["turn one off", { do: "save", "was.marketing.email": "on" }, false],
  ["turn one on", { do: "save", "was.marketing.email": "off", "marketing.email": "on" }, true],
  ["subscribe again", { do: "subscribe" }, true],
  ["undo", { do: "undo", choices: "marketing.email.on" }, true],
  ["resume", { do: "resume" }, true],
])("a form may turn a no into a yes: %s", async ([, fields, may]) => {
  expect(mayGrant(await formOf(fields))).toBe(may);
});

test("a link of the secret before is told from one of today's", () => {
  const [now, before] = ["n".repeat(32), "b".repeat(32)];
  const old = signUnsubscribeToken(7, before);
  expect(readUnsubscribeToken(old, { AUTH_SECRET: now, AUTH_SECRET_PREVIOUS: before })).toBe(7);
  expect(readUnsubscribeToken(old, { AUTH_SECRET: now })).toBeNull();
});
