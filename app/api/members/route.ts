import { z } from "zod";
import { findMembers } from "#db/queries/find-members";
import { describeUnstorable } from "#lib/storable";
import { getDb } from "../../_server/db.ts";
import { defineRouteHandler } from "../../_server/route-handler.ts";

const query = z.object({
  text: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .refine((text) => describeUnstorable(text) === null, "Type a name, an address or a number"),
});

/** Members to choose from, by a part of their name or address, or by their number. */
export const GET = defineRouteHandler({ roles: ["admin"], query }, async ({ query: { text } }) =>
  Response.json(await findMembers(getDb(), text)),
);
