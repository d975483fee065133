import { trialTools } from "#app/_messages/trial-tools";
import { findTriedEmail } from "#app/admin/workflows/[id]/send-tried-mail";
import { trialOfStep } from "#app/admin/workflows/draft-input";
import { readClock } from "#engine/clock";
import { tryWorkflow } from "#engine/editing/try-workflow";
import { getDb } from "../../../../_server/db.ts";
import { letterResponse } from "../../../../_server/letter-response.ts";
import { parseBody } from "../../../../_server/parse-body.ts";
import { defineRouteHandler } from "../../../../_server/route-handler.ts";

/** The email of a tried step, as the member would get it. A form asks for it, into a frame. */
export const POST = defineRouteHandler({ roles: ["admin"] }, async ({ request }) => {
  const form = new URLSearchParams(await request.text());
  const { stepId, ...asked } = parseBody(trialOfStep, form.get("input") ?? "");
  const db = getDb();
  const trial = await tryWorkflow(db, asked, trialTools(), await readClock(db));
  return letterResponse(findTriedEmail(trial, stepId).html);
});
