import { expect, test } from "vitest";
import { isSameOrigin } from "./same-origin.ts";

const appUrl = "https://app.gym.example/";

test.each<[string, Record<string, string>, boolean]>([
  ["our own page", { origin: "https://app.gym.example" }, true],
  ["our own page, by the browser's word alone", { "sec-fetch-site": "same-origin" }, true],
  ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }, false],
  ["a sister site", { origin: "https://www.gym.example", "sec-fetch-site": "same-site" }, false],
  ["our name without TLS", { origin: "http://app.gym.example" }, false],
  ["a sandboxed frame", { origin: "null", "sec-fetch-site": "cross-site" }, false],
  ["a sandboxed frame that claims to be ours", { origin: "null", "sec-fetch-site": "same-origin" }, false],
  ["nobody in particular", {}, false],
  [
    "a forged host",
    { origin: "https://evil.example", "x-forwarded-host": "evil.example", host: "evil.example" },
    false,
  ],
])("a request from %s", (_from, headers, isAllowed) => {
  expect(isSameOrigin(new Headers(headers), appUrl)).toBe(isAllowed);
});
