import { z } from "zod";
import { mayReadSignInMail } from "#app/admin/logs/read-messages";
import { findMessageBody } from "#db/queries/message-log";
import { AppError } from "#lib/errors";
import { getDb } from "../../../../_server/db.ts";
import { defineRouteHandler } from "../../../../_server/route-handler.ts";

const byId = z.object({ id: z.coerce.number().int().positive() });

/** A stranger's HTML: nothing in it may run, load or leave its frame; pictures and inline styles it may have. */
const policy = [
  "default-src 'none'",
  "img-src https: data:",
  "style-src 'unsafe-inline'",
  "frame-ancestors 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "sandbox",
].join("; ");

/** A message's HTML, byte for byte as it was handed over. */
export const GET = defineRouteHandler({ roles: ["admin"], params: byId }, async ({ viewer, params }) => {
  const body = await findMessageBody(getDb(), params.id, { includeSignIn: mayReadSignInMail(viewer) });
  if (!body) {
    throw new AppError("not_found", "There is no such message, or nothing was tried yet.");
  }
  return new Response(body.html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "x-frame-options": "SAMEORIGIN",
      "referrer-policy": "no-referrer",
    },
  });
});
