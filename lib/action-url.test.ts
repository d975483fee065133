import { expect, test } from "vitest";
import { toActionLink } from "./action-url.ts";

const app = "https://app.gym.example";

test.each([
  ["/me/membership?from=offer", { href: "/me/membership?from=offer", isExternal: false }],
  ["https://app.gym.example/me", { href: "/me", isExternal: false }],
  ["https://shop.example/sale", { href: "https://shop.example/sale", isExternal: true }],
])("%s leads somewhere", (url, link) => {
  expect(toActionLink(url, app)).toEqual(link);
});

test.each([
  null,
  "",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "java\nscript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "http://plain.example/",
  "//evil.example/",
  "/\\evil.example/",
  "/\t/evil.example/",
  "https://",
  "mailto:someone@gym.example",
  "me/membership",
])("%j leads nowhere", (url) => {
  expect(toActionLink(url, app)).toBeNull();
});
