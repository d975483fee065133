import { readPreview } from "#app/admin/templates/read-preview";
import { previewInput } from "#app/admin/templates/template-input";
import { parseBody } from "../../../_server/parse-body.ts";
import { defineRouteHandler } from "../../../_server/route-handler.ts";

/** What is wrong with a template that is being edited, and how a reader would get it. Nothing is stored. */
export const POST = defineRouteHandler({ roles: ["admin"] }, async ({ request }) =>
  Response.json(await readPreview(parseBody(previewInput, await request.text()))),
);
