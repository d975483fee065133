import { z } from "zod";
import { deleteImport } from "#db/queries/imports";
import { takePiece } from "#importing/bring-file";
import { AppError } from "#lib/errors";
import { importLimits } from "#lib/import-limits";
import { getDb } from "../../../../../../_server/db.ts";
import { idInAddress } from "../../../../../../_server/id-in-address.ts";
import { defineRouteHandler } from "../../../../../../_server/route-handler.ts";

const mostPieces = importLimits.bytes / importLimits.pieceBytes;
const params = z.object({ id: idInAddress, number: z.coerce.number().int().min(0).lt(mostPieces) });

/** Takes a piece of a file that an admin brings in. */
export const POST = defineRouteHandler({ roles: ["admin"], params }, async ({ request, viewer, params }) => {
  const db = getDb();
  const content = Buffer.from(await request.arrayBuffer());
  const { id: importId, number } = params;
  try {
    await takePiece(db, { importId, number, userId: viewer.userId, content });
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid") {
      await deleteImport(db, importId);
    }
    throw error;
  }
  return Response.json({ bytes: content.length });
});
