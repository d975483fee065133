import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import { inspectJson } from "#engine/readable";
import { actionRefusal, isPlain } from "./web-action-body.ts";

function post(url: string, headers: Record<string, string>, body = "[]") {
  const request = new IncomingMessage(new Socket());
  request.push(body);
  request.push(null);
  return Object.assign(request, {
    method: "POST",
    url,
    headers: { "content-length": String(body.length), ...headers },
  });
}

const action = { "next-action": "a".repeat(40), "content-type": "text/plain;charset=UTF-8" };
const form = { "content-type": "multipart/form-data; boundary=x" };
const addresses = [
  "/sign-in",
  "/api/../sign-in",
  "/api/%2e%2e/sign-in",
  "/api/.%2E/sign-in",
  "/api\\..\\sign-in",
  "/api/auth/../../sign-in?x=/api/",
  "http://app.gym.example/api/../sign-in",
  "/api/nothing",
  "/api/auth/sign-in/email",
  "/api/unsubscribe/1.abc/../../../sign-in",
  "/nothing/../api/unsubscribe/1.abc",
  "//",
];

test.each(addresses)("whatever the address: %s takes no form and no action but a plain one", async (url) => {
  const statusOf = async (headers: Record<string, string>, body?: string) =>
    (await actionRefusal(post(url, headers, body), false))?.status;
  expect(await statusOf(form)).toBe(400);
  expect(await statusOf({ "content-type": "Multipart/Form-Data; boundary=x" })).toBe(400);
  expect(await statusOf({ ...action, ...form })).toBe(415);
  expect(await statusOf({ ...action, "content-type": "application/json" })).toBe(415);
  expect(await statusOf({ ...action, "next-action": "" })).toBe(400);
  expect(await statusOf(action, '["$F1"]')).toBe(400);
  expect(await statusOf(action)).toBeUndefined();
});

test.each([
  ["/api/auth/sign-in/email", { "content-type": "application/json" }],
  ["/api/unsubscribe/42.a-b_c", { "content-type": "application/x-www-form-urlencoded" }],
  ["/api/unsubscribe/42.a-b_c", form],
])("%s takes what it is there for", async (url, headers) => {
  expect(await actionRefusal(post(url, headers), false)).toBeNull();
});

test.each(addresses.slice(0, 7))("%s is a page, which takes nothing but actions", async (url) => {
  expect(await actionRefusal(post(url, { "content-type": "application/json" }), false)).toMatchObject({ status: 400 });
});

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

test("a workflow as deep as the engine reads one gets through", () => {
  const nested = (levels: number): unknown => (levels === 0 ? [] : { not: nested(levels - 1) });
  const isRead = (levels: number) => inspectJson({ exitWhen: nested(levels) }).isReadable;
  const deepest =
    Array.from({ length: 100 }, (_, levels) => levels)
      .filter(isRead)
      .at(-1) ?? 0;
  expect(deepest).toBeGreaterThan(20);
  expect(isPlain(JSON.stringify([{ draft: { exitWhen: nested(deepest) } }]))).toBe(true);
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
