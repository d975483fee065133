import { expect, test } from "vitest";
import { readUnsubscribeToken, signUnsubscribeToken } from "./unsubscribe-token.ts";

const secret = "a secret of thirty-two characters";
const previous = "the secret that it was a year ago";
const token = signUnsubscribeToken(42, secret);

const secrets = { AUTH_SECRET: secret, AUTH_SECRET_PREVIOUS: previous };

test("a token names its member, today and in three years", () => {
  expect(readUnsubscribeToken(token, secrets)).toBe(42);
});

test("a link that was mailed before the secret changed still names its member", () => {
  const mailed = signUnsubscribeToken(42, previous);
  expect(readUnsubscribeToken(mailed, secrets)).toBe(42);
  expect(readUnsubscribeToken(mailed.replace("42.", "43."), secrets)).toBeNull();
});

test.each([
  ["empty", ""],
  ["cut", token.slice(0, -1)],
  ["for another member", token.replace("42.", "43.")],
  ["signed by somebody else", signUnsubscribeToken(42, "another secret of 32 characters!")],
  ["with something behind it", `${token}x`],
  ["with a number that is none", token.replace("42", "4e1")],
])("a token that is %s names nobody", (_how, forged) => {
  expect(readUnsubscribeToken(forged, secrets)).toBeNull();
});
