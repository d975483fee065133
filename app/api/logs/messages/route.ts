import { logQuery } from "#app/admin/logs/log-filter";
import { readMessages } from "#app/admin/logs/read-messages";
import { defineRouteHandler } from "../../../_server/route-handler.ts";

/** A page of the outbox: the newest, or those before an id. */
export const GET = defineRouteHandler({ roles: ["admin"], query: logQuery }, async ({ viewer, query }) =>
  Response.json(await readMessages(viewer, { beforeId: query.before, workflowId: query.workflow })),
);
