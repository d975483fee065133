import { getDb } from "../_server/db.ts";
import { readReadiness } from "../_server/readiness.ts";
import { definePublicHandler } from "../_server/route-handler.ts";

export const GET = definePublicHandler("Whoever balances the load asks; it tells states, no data.", async () => {
  const readiness = await readReadiness(getDb(), new Date());
  return Response.json(readiness, { status: readiness.database === "ok" ? 200 : 503 });
});
