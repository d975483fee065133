import { applyPreferenceForm } from "#app/_preferences/apply-form";
import { readPreferenceForm } from "#app/_preferences/preference-form";
import { getEnv } from "#env";
import { getDb } from "../../../_server/db.ts";
import { defineRouteHandler } from "../../../_server/route-handler.ts";

/** The forms of a member's own page of preferences. */
export const POST = defineRouteHandler({ roles: ["member"] }, async ({ request, viewer }) => {
  const done = await applyPreferenceForm(getDb(), viewer.userId, await readPreferenceForm(request), "preferences");
  return Response.redirect(new URL(`/me/preferences${done}`, getEnv().APP_URL), 303);
});
