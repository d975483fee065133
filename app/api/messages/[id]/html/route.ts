import { mayReadSignInMail } from "#app/admin/logs/read-messages";
import { findMessageBody } from "#db/queries/message-log";
import { AppError } from "#lib/errors";
import { getDb } from "../../../../_server/db.ts";
import { byId } from "../../../../_server/id-in-address.ts";
import { letterResponse } from "../../../../_server/letter-response.ts";
import { defineRouteHandler } from "../../../../_server/route-handler.ts";

/** A message's HTML, byte for byte as it was handed over. */
export const GET = defineRouteHandler({ roles: ["admin"], params: byId }, async ({ viewer, params }) => {
  const body = await findMessageBody(getDb(), params.id, { includeSignIn: mayReadSignInMail(viewer) });
  if (!body) {
    throw new AppError("not_found", "There is no such message, or nothing was tried yet.");
  }
  return letterResponse(body.html);
});
