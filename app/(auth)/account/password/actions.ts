"use server";

import { cookies, headers } from "next/headers";
import { z } from "zod";
import { getEnv } from "#env";
import { defineServerAction } from "../../../_server/action.ts";
import { changePassword } from "../../../_server/change-password.ts";
import { getDb } from "../../../_server/db.ts";
import {
  sessionCookieAttributes,
  sessionCookieMaxAgeSeconds,
  sessionCookieName,
  writeSessionCookie,
} from "../../../_server/session-cookie.ts";
import { homeOf } from "../../../_shell/home.ts";

export const setPassword = defineServerAction(
  { roles: ["admin", "staff", "member"], input: z.object({ current: z.string(), password: z.string() }) },
  async (input, viewer) => {
    const { APP_URL, AUTH_SECRET } = getEnv();
    const sent = await headers();
    const token = await changePassword(getDb(), {
      ...input,
      viewer,
      address: sent.get("x-client-address"),
      userAgent: sent.get("user-agent"),
      now: new Date(),
    });
    (await cookies()).set(sessionCookieName(APP_URL), await writeSessionCookie(token, AUTH_SECRET), {
      ...sessionCookieAttributes(APP_URL),
      maxAge: sessionCookieMaxAgeSeconds,
    });
    return { to: homeOf(viewer.role) };
  },
);
