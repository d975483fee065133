import type { ServerResponse } from "node:http";

/** For answers that no page or handler gave a policy: nothing in them may load or run. */
const closedPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What every answer carries, errors and files included, unless whoever answers says otherwise. */
export function defaultHeaders(appUrl: string): Record<string, string> {
  const isHttps = new URL(appUrl).protocol === "https:";
  return {
    "content-security-policy": closedPolicy,
    "cache-control": "private, no-store",
    "x-content-type-options": "nosniff",
    // The address of a page may hold a one-time token; other sites learn nothing of it.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
    ...(isHttps && { "strict-transport-security": "max-age=63072000; includeSubDomains" }),
  };
}

/** Adds them at the last moment, when all who answer had their say. */
export function addDefaultHeaders(response: ServerResponse, headers: Record<string, string>): void {
  const { writeHead } = response;
  response.writeHead = function writeHeadWithDefaults(this: ServerResponse, ...args: unknown[]) {
    const given = args.find((arg) => typeof arg === "object" && arg !== null && !Array.isArray(arg)) ?? {};
    const said = new Set(Object.keys(given).map((name) => name.toLowerCase()));
    for (const [name, value] of Object.entries(headers)) {
      if (!this.hasHeader(name) && !said.has(name)) {
        this.setHeader(name, value);
      }
    }
    return writeHead.apply(this, args as Parameters<typeof writeHead>);
  } as typeof writeHead;
}
