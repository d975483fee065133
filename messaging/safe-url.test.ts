import { expect, test } from "vitest";
import { absoluteUrl, safeUrl } from "./safe-url.ts";

const app = "http://127.0.0.1:3000";

test.each([
  ..."/ /me/notifications /me?x=1&y=2#z /a//b /@x /me:8080 https://gym.example https://gym.example/a@b".split(" "),
  ...["https://GYM.example/x?y#z", "http://127.0.0.1:3000/me", "http://127.0.0.1:3000", "https://müller.example/"],
])("%s is a link", (url) => {
  expect(safeUrl(url, app)).toBe(url);
});

test.each([
  ...[
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\u0001javascript:x",
  ],
  ...[
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://x",
    "about:blank",
    "mailto:x@y.example",
    "tel:1",
  ],
  ...[
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
  ],
  ...["/..//evil.example", "/.//evil.example", "/x/..//evil.example", "/%2e//evil.example", "/\u200b/evil.example"],
  ...[
    "https://evil@gym.example",
    "https://a:b@gym.example",
    "https://:@gym.example",
    "https:evil.example",
    "https:/evil.example",
  ],
  ...[
    "https:///evil.example",
    "https:\\\\evil.example",
    "https://\\evil.example",
    "https://",
    "https://@",
    "https:// evil",
  ],
  ...[
    "http://evil.example",
    "http://127.0.0.1:3000.evil.example",
    "http://127.0.0.1:3000@evil.example",
    "ftp://x.example",
  ],
  ...[
    "evil.example",
    "me/notifications",
    "?x",
    "#x",
    "",
    " ",
    "https://gym.example/\r\nSet-Cookie: x",
    "https://gym.example/a b",
  ],
  ...["https://gym.example\u0000", "https://gym\u202e.example", "https://[::1"],
])("%j leads nowhere", (url) => {
  expect(safeUrl(url, app)).toBeNull();
});

test("outside of the app a path gets the app's address", () => {
  expect(absoluteUrl("/me", "https://app.example/")).toBe("https://app.example/me");
  expect(absoluteUrl("https://gym.example/x", "https://app.example")).toBe("https://gym.example/x");
});
