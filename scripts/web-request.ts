import type { IncomingMessage } from "node:http";
import { BlockList, isIP, isIPv4 } from "node:net";

export const maxBodyBytes = 1024 * 1024;

/** The proxies that are believed, by address or by range (`10.0.0.0/8`). */
export function trustList(addresses: string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const entry of addresses) {
    const [address = "", prefix] = entry.split("/");
    const family = isIPv4(address) ? "ipv4" : "ipv6";
    list.addSubnet(address, prefix === undefined ? (family === "ipv4" ? 32 : 128) : Number(prefix), family);
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}

/** What only this server, its proxies or Next itself may say: from anybody else it is dropped. */
const ownHeaders = ["x-client-address", "x-nonce", "x-path", "x-middleware-subrequest", "content-security-policy"];
const forwardedHeaders = /^(forwarded|x-forwarded-.*|x-real-ip|x-original-.*)$/;

/** Drops what must not be believed, and writes down who is really asking. Returns that address. */
export function identify(request: IncomingMessage, isTrusted: (address: string) => boolean): string {
  const peer = plainAddress(request.socket.remoteAddress ?? "");
  const isFromProxy = isTrusted(peer);
  const address = isFromProxy ? firstStranger(request.headers["x-forwarded-for"], isTrusted, peer) : peer;
  for (const name of Object.keys(request.headers)) {
    if (ownHeaders.includes(name) || (!isFromProxy && forwardedHeaders.test(name))) {
      delete request.headers[name];
    }
  }
  request.headers["x-client-address"] = address;
  return address;
}

/** Each proxy adds the address it heard from at the end; the first from there that is no proxy of ours is the client. */
function firstStranger(header: string | string[] | undefined, isTrusted: (address: string) => boolean, peer: string) {
  const hops = String(header ?? "")
    .split(",")
    .map((hop) => plainAddress(hop.trim()));
  return hops.findLast((hop) => isIP(hop) !== 0 && !isTrusted(hop)) ?? peer;
}

const plainAddress = (address: string) => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");

export type Refusal = { status: number; message: string; location?: string };

type HostRule = { appUrl: string; isDev: boolean };

/** Why a request goes no further, or null. Probes know no host name; everybody else must ask for ours. */
export function refusalFor(request: IncomingMessage, { appUrl, isDev }: HostRule): Refusal | null {
  const path = request.url?.split("?")[0] ?? "/";
  const own = new URL(appUrl);
  const host = String(request.headers["x-forwarded-host"] ?? request.headers.host ?? "").toLowerCase();
  if (host !== own.host && path !== "/healthz" && path !== "/readyz") {
    const isReading = request.method === "GET" || request.method === "HEAD";
    if (isReading && isLoopback(host) && isLoopback(own.host) && !(isDev && path.startsWith("/_next/"))) {
      return { status: 307, message: "", location: `${own.origin}${safeTarget(request.url)}` };
    }
    return { status: 421, message: "This server does not answer under that name." };
  }
  if (request.headers["transfer-encoding"] !== undefined) {
    return { status: 411, message: "A request must say how long it is." };
  }
  if (Number(request.headers["content-length"] ?? 0) > maxBodyBytes) {
    return { status: 413, message: "That is more than this server takes." };
  }
  return null;
}

const isLoopback = (host: string) => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);

const safeTarget = (url = "/") => (url.startsWith("/") && !/^\/[/\\]/.test(url) ? url : "/");

/** At most so many requests of one address at once; what streams for hours is counted apart. */
export function createConcurrencyCap(limits = { requests: 100, streams: 500 }) {
  const running = new Map<string, number>();
  return (address: string, isStream: boolean): (() => void) | null => {
    const key = `${isStream ? "stream" : "request"} ${address}`;
    const count = running.get(key) ?? 0;
    if (count >= (isStream ? limits.streams : limits.requests)) {
      return null;
    }
    running.set(key, count + 1);
    return () => {
      const left = (running.get(key) ?? 1) - 1;
      if (left > 0) {
        running.set(key, left);
      } else {
        running.delete(key);
      }
    };
  };
}
