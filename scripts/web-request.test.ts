import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { createConcurrencyCap, identify, maxBodyBytes, refusalFor, trustList } from "./web-request.ts";

type Sent = { peer?: string; method?: string; url?: string; headers?: Record<string, string> };

function request({ peer = "203.0.113.5", method = "GET", url = "/me", headers = {} }: Sent) {
  const socket = new Socket();
  Object.defineProperty(socket, "remoteAddress", { value: peer });
  return Object.assign(new IncomingMessage(socket), { method, url, headers: { host: "app.gym.example", ...headers } });
}

const forged = {
  "x-forwarded-for": "198.51.100.66",
  "x-forwarded-host": "evil.example",
  "x-forwarded-proto": "http",
  forwarded: "for=198.51.100.66",
  "x-real-ip": "198.51.100.66",
  "x-client-address": "198.51.100.66",
  "x-path": "/admin",
  "x-nonce": "known",
  "x-middleware-subrequest": "middleware:middleware:middleware",
};

test("straight to the port, nothing a stranger says of addresses, hosts or our own headers is believed", () => {
  const sent = request({ headers: forged });
  expect(identify(sent, trustList([]))).toBe("203.0.113.5");
  expect(sent.headers).toEqual({ host: "app.gym.example", "x-client-address": "203.0.113.5" });
});

test.each([
  ["127.0.0.1", ["127.0.0.1"]],
  ["::ffff:10.1.2.3", ["10.0.0.0/8"]],
  ["2001:db8::7", ["2001:db8::/32"]],
])("what the proxy %s says of the client is believed", (peer, trusted) => {
  const sent = request({ peer, headers: forged });
  expect(identify(sent, trustList(trusted))).toBe("198.51.100.66");
  expect(sent.headers).toMatchObject({ "x-client-address": "198.51.100.66", "x-forwarded-host": "evil.example" });
  expect(sent.headers).not.toHaveProperty("x-path");
  expect(sent.headers).not.toHaveProperty("x-middleware-subrequest");
});

test("behind two proxies the client is the last address that no proxy of ours has", () => {
  const isTrusted = trustList(["10.0.0.0/8"]);
  const chain = (value: string) => request({ peer: "10.0.0.2", headers: { "x-forwarded-for": value } });
  expect(identify(chain("1.1.1.1, 198.51.100.7, 10.0.0.3"), isTrusted)).toBe("198.51.100.7");
  expect(identify(chain("10.0.0.4, 10.0.0.3"), isTrusted)).toBe("10.0.0.2");
  expect(identify(chain("nonsense, <b>"), isTrusted)).toBe("10.0.0.2");
});

const rule = { appUrl: "https://app.gym.example", isDev: false };

test.each<[string, Sent, number | undefined]>([
  ["our own name", {}, undefined],
  ["another name", { headers: { host: "evil.example" } }, 421],
  ["our name on another port", { headers: { host: "app.gym.example:81" } }, 421],
  ["no name", { headers: { host: "" } }, 421],
  ["another name, asking whether we live", { url: "/healthz", headers: { host: "10.0.0.9" } }, undefined],
  ["a body that fits", { method: "POST", headers: { "content-length": String(maxBodyBytes) } }, undefined],
  ["a body too large", { method: "POST", headers: { "content-length": String(maxBodyBytes + 1) } }, 413],
  ["a body without a length", { method: "POST", headers: { "transfer-encoding": "chunked" } }, 411],
])("a request with %s", (_what, sent, status) => {
  expect(refusalFor(request(sent), rule)?.status).toBe(status);
});

test("on one's own machine its other name leads to the one that links are made of", () => {
  const local = { appUrl: "http://localhost:3000", isDev: false };
  const to = (url: string) => refusalFor(request({ url, headers: { host: "127.0.0.1:3000" } }), local)?.location;
  expect(to("/me?x=1")).toBe("http://localhost:3000/me?x=1");
  expect(to("//evil.example")).toBe("http://localhost:3000/");
  expect(to("/\\evil.example")).toBe("http://localhost:3000/");
});

test("one address has so many requests at once and no more, and streams do not use them up", () => {
  const enter = createConcurrencyCap({ requests: 2, streams: 1 });
  const leave = enter("a", false);
  expect(enter("a", false)).not.toBeNull();
  expect(enter("a", false)).toBeNull();
  expect(enter("b", false)).not.toBeNull();
  expect(enter("a", true)).not.toBeNull();
  expect(enter("a", true)).toBeNull();
  leave?.();
  expect(enter("a", false)).not.toBeNull();
});
