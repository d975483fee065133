import { messageQuery, pageStart } from "#app/admin/logs/log-filter";
import { readMessages } from "#app/admin/logs/read-messages";
import { defineRouteHandler } from "../../../_server/route-handler.ts";

/** A page of the outbox: the newest, or those before an id. */
export const GET = defineRouteHandler(
  { roles: ["admin"], query: messageQuery.extend(pageStart) },
  async ({ viewer, query: { before, ...query } }) => Response.json(await readMessages(viewer, query, before)),
);
