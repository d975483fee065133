import { z } from "zod";
import { readNotificationPage } from "#app/me/notifications/read-page";
import { idInAddress } from "../../_server/id-in-address.ts";
import { defineRouteHandler } from "../../_server/route-handler.ts";

const query = z.object({ before: idInAddress.optional() });

/** A page of the member's notifications: the newest, or those before an id. */
export const GET = defineRouteHandler({ roles: ["member"], query }, async ({ viewer, query: { before } }) =>
  Response.json(await readNotificationPage(viewer, before)),
);
