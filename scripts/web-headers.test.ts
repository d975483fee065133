import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { addDefaultHeaders, defaultHeaders } from "./web-headers.ts";

test("over TLS a browser is told to stay with it for a year and more; over plain http it is not", () => {
  const { "strict-transport-security": told } = defaultHeaders("https://app.gym.example");
  expect(Number(/max-age=(\d+)/.exec(told ?? "")?.[1])).toBeGreaterThanOrEqual(365 * 24 * 60 * 60);
  expect(defaultHeaders("http://localhost:3000")).not.toHaveProperty("strict-transport-security");
});

test("whoever answers may say otherwise, in any spelling; what nobody said is added", async () => {
  const server = createServer((_request, response) => {
    addDefaultHeaders(response, { "cache-control": "no-store", "x-content-type-options": "nosniff", "x-a": "default" });
    response.setHeader("Cache-Control", "public");
    response.writeHead(200, { "X-A": "own" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { headers } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  server.close();
  expect(headers.get("cache-control")).toBe("public");
  expect(headers.get("x-a")).toBe("own");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});
