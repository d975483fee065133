import { expect, test } from "vitest";
import { readUnsubscribeToken, signUnsubscribeToken } from "./unsubscribe-token.ts";

const secret = "a secret of thirty-two characters";
const token = signUnsubscribeToken(42, secret);

test("a token names its member, today and in three years", () => {
  expect(readUnsubscribeToken(token, secret)).toBe(42);
});

test.each([
  ["empty", ""],
  ["cut", token.slice(0, -1)],
  ["for another member", token.replace("42.", "43.")],
  ["signed by somebody else", signUnsubscribeToken(42, "another secret of 32 characters!")],
  ["with something behind it", `${token}x`],
  ["with a number that is none", token.replace("42", "4e1")],
])("a token that is %s names nobody", (_how, forged) => {
  expect(readUnsubscribeToken(forged, secret)).toBeNull();
});
