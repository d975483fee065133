import fc from "fast-check";
import { expect, test } from "vitest";
import { isPlain } from "./web-action-body.ts";

test.each([
  "[]",
  '[{"email":"a@b.example","password":"$$5 and more","next":""}]',
  '["$undefined",null,true,-1.5,"$D2026-11-22T08:00:00.000Z","$n12","$NaN","$-Infinity","text with $ in it"]',
  '[[[[{"a":[{"b":1}]}]]]]',
])("%s is plain", (text) => {
  expect(isPlain(text)).toBe(true);
});

test.each([
  "",
  "{}",
  '"text"',
  "null",
  '["$K1"]',
  '["$F1"]',
  '["$h1"]',
  '["$@1"]',
  '["$B1"]',
  '["$Q1"]',
  '["$W1"]',
  '["$i1"]',
  '["$T"]',
  '["$1"]',
  '["\\u00241:__proto__:constructor"]',
  '["$1:__proto__:constructor:constructor"]',
  '[{"then":"$1:then","status":"resolved_model"}]',
  '[{"a":{"b":["$F1"]}}]',
  '[{"__proto__":{"x":1}}]',
  '["A',
  "[".repeat(5_000),
  "[".repeat(200_000) + "]".repeat(200_000),
])("%j is not", (text) => {
  expect(isPlain(text)).toBe(false);
});

test("whatever a form can hold is let through, as React writes it", () => {
  const written = (value: unknown): unknown =>
    typeof value === "string" && value.startsWith("$") ? `$${value}` : value;
  fc.assert(
    fc.property(
      fc.array(
        fc.dictionary(
          fc.string().filter((key) => key !== "__proto__"),
          fc.string(),
        ),
      ),
      (input) => {
        const text = JSON.stringify(input, (_key, value) => written(value));
        return isPlain(text);
      },
    ),
  );
});
