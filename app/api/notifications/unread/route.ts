import { countUnread } from "#db/queries/notifications";
import { getDb } from "../../../_server/db.ts";
import { defineRouteHandler } from "../../../_server/route-handler.ts";

export const GET = defineRouteHandler({ roles: ["member"] }, async ({ viewer }) =>
  Response.json({ unread: await countUnread(getDb(), viewer.userId) }),
);
