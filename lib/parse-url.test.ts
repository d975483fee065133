import { expect, test } from "vitest";
import { parseUrl } from "./parse-url.ts";

test("an address stays one however often it is asked about", () => {
  let found = 0;
  for (let turn = 0; turn < 30_000; turn++) {
    found += parseUrl("https://müller.example/ä") ? 1 : 0;
  }
  expect(found).toBe(30_000);
  expect(parseUrl("/me", "https://app.example")?.href).toBe("https://app.example/me");
  expect(parseUrl("/me")).toBeNull();
});
