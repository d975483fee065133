import { logQuery } from "#app/admin/logs/log-filter";
import { readSteps } from "#app/admin/logs/read-steps";
import { defineRouteHandler } from "../../../_server/route-handler.ts";

/** A page of the steps log: the newest, or those before an id. */
export const GET = defineRouteHandler({ roles: ["admin"], query: logQuery }, async ({ query }) =>
  Response.json(await readSteps({ beforeId: query.before, workflowId: query.workflow })),
);
