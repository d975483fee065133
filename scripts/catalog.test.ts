import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { catalogText } from "./catalog-text.ts";

test("docs/catalog.md says what the definitions say; if it does not: npm run catalog", () => {
  expect(readFileSync("docs/catalog.md", "utf8")).toBe(catalogText());
});
