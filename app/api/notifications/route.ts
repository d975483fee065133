import { z } from "zod";
import { readNotificationPage } from "#app/me/notifications/read-page";
import { defineRouteHandler } from "../../_server/route-handler.ts";

const query = z.object({ before: z.coerce.number().int().positive().optional() });

/** A page of the member's notifications: the newest, or those before an id. */
export const GET = defineRouteHandler({ roles: ["member"], query }, async ({ viewer, query: { before } }) =>
  Response.json(await readNotificationPage(viewer, before)),
);
