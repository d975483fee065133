import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy } from "#app/_server/content-security-policy";
import { pageStatus } from "#app/_server/page-status";
import { getEnv } from "#env";

/**
 * Gives each page its nonce and its own path. Nothing is allowed or refused here: every page, action and handler asks
 * for itself who is there. What a handler under /api answers carries a policy of its own.
 */
export function proxy(request: NextRequest) {
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy({ nonce, isDev: process.env.NODE_ENV === "development" });
  const { pathname, searchParams } = request.nextUrl;
  searchParams.delete("_rsc");
  const query = searchParams.toString();

  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-path", query ? `${pathname}?${query}` : pathname);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers }, status: pageStatus(pathname, getEnv()) });
  if (!pathname.startsWith("/api/")) {
    response.headers.set("content-security-policy", policy);
  }
  return response;
}

export const config = { matcher: "/((?!_next/static/).*)" };
