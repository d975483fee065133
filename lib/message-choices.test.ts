import { expect, test } from "vitest";
import { listChoices, readChoices, writeChoices } from "./message-choices.ts";

test("choices survive being an address's word", () => {
  const choices = listChoices({ "marketing.email": true, "service.sms": false });
  expect(readChoices(writeChoices(choices))).toEqual(choices);
});

test.each([
  "",
  "marketing",
  "marketing.email",
  "sign_in.email.on",
  "marketing.email.on,marketing.email.off",
  "__proto__.on",
])("%j names no choice", (text) => expect(readChoices(text)).toEqual([]));
