import { pageStart, runQuery } from "#app/admin/logs/log-filter";
import { readRuns } from "#app/admin/logs/runs/read-runs";
import { defineRouteHandler } from "../../../_server/route-handler.ts";

/** A page of the runs: the newest, or those before an id. */
export const GET = defineRouteHandler(
  { roles: ["admin"], query: runQuery.extend(pageStart) },
  async ({ query: { before, ...query } }) => Response.json(await readRuns(query, before)),
);
