import { expect, test } from "vitest";
import { templateContent } from "../test/support/template-content.ts";
import { findMissingWayOut } from "./find-way-out.ts";

const find = (given: Parameters<typeof templateContent>[0]) =>
  findMissingWayOut(templateContent({ channel: "sms", body_html: null, body_text: "Come by", ...given }));

test("S36: advertising by SMS that says nothing of how to stop it is told about, in each language", () => {
  const translations = { de: { body_text: "Komm vorbei" }, fr: { body_text: "Viens. STOP" }, it: {} };
  expect(find({ translations })).toMatchObject([
    { field: "body_text", severity: "warning", message: /^Advertising has to say how to stop it: / },
    { field: "translations.de.body_text" },
  ]);
});

test.each([
  { body_text: "Come by. Reply STOP to end" },
  { body_text: "Come by. {{ unsubscribe_url }}" },
  { body_text: null },
  { class: "service" as const },
  { channel: "in_app" as const },
  { channel: "email" as const },
])("S36: nothing is missing from %j", (given) => {
  expect(find(given)).toEqual([]);
});
