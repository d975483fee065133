/**
 * Whether a request that changes something comes from our own pages. Next lets a request without an Origin pass; here
 * it needs the browser's own word (Sec-Fetch-Site, which no page can forge).
 */
export function isSameOrigin(headers: Headers, appUrl: string): boolean {
  const origin = headers.get("origin");
  if (origin === new URL(appUrl).origin) {
    return true;
  }
  return origin !== "null" && headers.get("sec-fetch-site") === "same-origin";
}
