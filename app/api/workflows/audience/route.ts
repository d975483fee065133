import { z } from "zod";
import { readClock } from "#engine/clock";
import { previewAudience } from "#engine/editing/preview-audience";
import { getDb } from "../../../_server/db.ts";
import { parseBody } from "../../../_server/parse-body.ts";
import { defineRouteHandler } from "../../../_server/route-handler.ts";

const asked = z.strictObject({ workflowId: z.int().positive(), trigger: z.unknown() });

/** Whom a trigger would reach now, as it is being typed. It only reads. */
export const POST = defineRouteHandler({ roles: ["admin"] }, async ({ request }) => {
  const db = getDb();
  const given = parseBody(asked, await request.text());
  return Response.json(await previewAudience(db, given, await readClock(db)));
});
