import { pageStart, stepQuery } from "#app/admin/logs/log-filter";
import { readSteps } from "#app/admin/logs/read-steps";
import { defineRouteHandler } from "../../../_server/route-handler.ts";

/** A page of the steps log: the newest, or those before an id. */
export const GET = defineRouteHandler(
  { roles: ["admin"], query: stepQuery.extend(pageStart) },
  async ({ query: { before, ...query } }) => Response.json(await readSteps(query, before)),
);
