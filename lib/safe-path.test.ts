import { expect, test } from "vitest";
import { safePath } from "./safe-path.ts";

test.each(["/", "/me", "/admin/logs?member=3", "/a%20b", "/me/notifications?x=%2F%2Fevil.example"])(
  "%s is ours",
  (path) => {
    expect(safePath(path)).toBe(path);
  },
);

test.each([
  "",
  "me",
  "https://evil.example",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/..//evil.example",
  "/./\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "javascript:alert(1)",
  undefined,
  ["/me"],
  7,
])("%j leads nowhere", (path) => {
  expect(safePath(path)).toBeNull();
});
