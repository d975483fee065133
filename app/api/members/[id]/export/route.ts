import { withTransaction } from "#db/client";
import { readClock } from "#engine/clock";
import { exportMember } from "#engine/privacy/export-member";
import { getDb } from "../../../../_server/db.ts";
import { byId } from "../../../../_server/id-in-address.ts";
import { defineRouteHandler } from "../../../../_server/route-handler.ts";

/** All that is stored about a member, as a file to hand over. */
export const GET = defineRouteHandler({ roles: ["admin"], params: byId }, async ({ viewer, params }) => {
  const db = getDb();
  const clock = await readClock(db);
  const told = await withTransaction(db, (tx) => exportMember(tx, params.id, viewer.userId, clock));
  return new Response(`${JSON.stringify(told, null, 2)}\n`, {
    headers: {
      "content-type": "application/json",
      "content-disposition": `attachment; filename="member-${params.id}.json"`,
    },
  });
});
