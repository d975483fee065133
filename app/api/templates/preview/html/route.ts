import { z } from "zod";
import { drawPreview } from "#app/admin/templates/read-preview";
import { previewInput } from "#app/admin/templates/template-input";
import { AppError } from "#lib/errors";
import { drawInScheme } from "#messaging/preview-template";
import { letterResponse } from "../../../../_server/letter-response.ts";
import { parseBody } from "../../../../_server/parse-body.ts";
import { defineRouteHandler } from "../../../../_server/route-handler.ts";

const scheme = z.enum(["light", "dark"]).catch("light");

/** The mail itself. A form asks for it, into a frame: what a page puts into a frame by itself is under the page's own policy. */
export const POST = defineRouteHandler({ roles: ["admin"] }, async ({ request }) => {
  const form = new URLSearchParams(await request.text());
  const { preview } = await drawPreview(parseBody(previewInput, form.get("input") ?? ""));
  if (!preview.message) {
    throw new AppError("invalid", preview.error);
  }
  return letterResponse(drawInScheme(preview.message.html, scheme.parse(form.get("scheme"))));
});
