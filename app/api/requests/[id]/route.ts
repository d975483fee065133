import { findRequest } from "#db/queries/requests";
import { readClock } from "#engine/clock";
import { AppError } from "#lib/errors";
import type { LookUpResult } from "#messaging/answer-look-ups";
import { getDb } from "../../../_server/db.ts";
import { byId } from "../../../_server/id-in-address.ts";
import { defineRouteHandler } from "../../../_server/route-handler.ts";
import { describeLookUp } from "./describe-look-up.ts";

/** How far the worker is with what an admin asked for. */
export const GET = defineRouteHandler({ roles: ["admin"], params: byId }, async ({ params }) => {
  const request = await findRequest(getDb(), params.id);
  if (!request) {
    throw new AppError("not_found", "There is no such request.");
  }
  const { started = 0, held = 0 } = (request.result ?? {}) as { started?: number; held?: number };
  const isLookUp = request.type === "look_up" && request.result !== null;
  const said = isLookUp ? describeLookUp(request.result as LookUpResult, await readClock(getDb())) : null;
  return Response.json({ isFinished: request.finishedAt !== null, started, held, said, error: request.error });
});
