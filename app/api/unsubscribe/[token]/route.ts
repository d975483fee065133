import { unsubscribe } from "#db/queries/unsubscribe";
import { getEnv } from "#env";
import { AppError } from "#lib/errors";
import { readUnsubscribeToken } from "#messaging/unsubscribe-token";
import { getDb } from "../../../_server/db.ts";
import { definePublicHandler, defineSignedHandler } from "../../../_server/route-handler.ts";

const tokenOf = (request: Request) => new URL(request.url).pathname.split("/").at(-1) ?? "";

/** RFC 8058: the member's mail service posts here, without cookies, perhaps twice. Nothing else unsubscribes. */
export const POST = defineSignedHandler("The signed address is the right to do this.", async (request) => {
  const memberId = readUnsubscribeToken(tokenOf(request), getEnv());
  if (memberId === null) {
    throw new AppError("bad_request", "This link is not complete.");
  }
  await unsubscribe(getDb(), memberId, "one_click");
  return new Response(null, { status: 200 });
});

/** Mail programs that know no one-click open the address: a person goes on to the page, a scanner does no harm. */
export const GET = definePublicHandler("It only leads to the page.", async (request) =>
  Response.redirect(new URL(`/unsubscribe/${encodeURIComponent(tokenOf(request))}`, getEnv().APP_URL), 303),
);
