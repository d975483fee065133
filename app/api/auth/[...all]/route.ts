import { definePublicHandler } from "../../../_server/route-handler.ts";
import { getAuth } from "../../../_server/web-auth.ts";

/** All else that better-auth could do stays closed: pages and actions have their own, with the session's own limits. */
const open = new Set(["/api/auth/sign-in/email", "/api/auth/sign-out"]);

export const POST = definePublicHandler(
  "Whoever signs in has not signed in yet; limits are counted per account and network.",
  async (request) =>
    open.has(new URL(request.url).pathname)
      ? getAuth().handler(request)
      : Response.json({ message: "There is nothing here." }, { status: 404 }),
);
