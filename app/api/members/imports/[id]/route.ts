import { findImport } from "#db/queries/imports";
import { AppError } from "#lib/errors";
import { getDb } from "../../../../_server/db.ts";
import { byId } from "../../../../_server/id-in-address.ts";
import { defineRouteHandler } from "../../../../_server/route-handler.ts";

/** How far the worker is with a file. */
export const GET = defineRouteHandler({ roles: ["admin"], params: byId }, async ({ params }) => {
  const row = await findImport(getDb(), params.id);
  if (!row) {
    throw new AppError("not_found", "There is no such import.");
  }
  const { state, bytes, bytesRead, read, refused } = row;
  return Response.json({ state, share: bytes > 0 ? bytesRead / bytes : 0, read, refused });
});
