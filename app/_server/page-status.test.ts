import { expect, test } from "vitest";
import { signUnsubscribeToken } from "#messaging/unsubscribe-token";
import { pageStatus } from "./page-status.ts";

const secrets = { AUTH_SECRET: "a secret of thirty-two characters", AUTH_SECRET_PREVIOUS: undefined };
const token = signUnsubscribeToken(42, secrets.AUTH_SECRET);

test.each([
  ["/unsubscribe", 400],
  ["/unsubscribe/", 400],
  ["/unsubscribe/1.forged", 400],
  [`/unsubscribe/${token.slice(0, -1)}`, 400],
  [`/unsubscribe/${token}/more`, 400],
  [`/unsubscribe/${token}`, 200],
  ["/unsubscribed", 200],
  ["/me/unsubscribe/1.forged", 200],
  ["/sign-in", 200],
])("B59: the page at %s answers %i", (path, status) => {
  expect(pageStatus(path, secrets)).toBe(status);
});
