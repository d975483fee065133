import { readClock } from "#engine/clock";
import { readStepNumbers } from "#engine/editing/step-numbers";
import { getDb } from "../../../../_server/db.ts";
import { byId } from "../../../../_server/id-in-address.ts";
import { defineRouteHandler } from "../../../../_server/route-handler.ts";

/** What became of each step lately, and how many wait at it now. */
export const GET = defineRouteHandler({ roles: ["admin", "staff"], params: byId }, async ({ params }) => {
  const db = getDb();
  return Response.json(await readStepNumbers(db, params.id, await readClock(db)));
});
