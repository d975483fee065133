import { applyPreferenceForm } from "#app/_preferences/apply-form";
import { mayGrant, readPreferenceForm } from "#app/_preferences/preference-form";
import { getEnv } from "#env";
import { AppError } from "#lib/errors";
import { readUnsubscribeToken } from "#messaging/unsubscribe-token";
import { getDb } from "../../../../_server/db.ts";
import { definePublicHandler } from "../../../../_server/route-handler.ts";

const tokenOf = (request: Request) => new URL(request.url).pathname.split("/").at(-2) ?? "";

/** The forms of the page behind the link: plain ones, so that they work in whatever window a mail program opens. */
export const POST = definePublicHandler("The signed address is the right to do this.", async (request) => {
  const token = tokenOf(request);
  const memberId = readUnsubscribeToken(token, getEnv());
  if (memberId === null) {
    throw new AppError("bad_request", "This link is not complete.");
  }
  const form = await readPreferenceForm(request);
  // Whoever learned a secret that was given up may stop messages in a member's name, and not agree to any.
  const isSignedNow = readUnsubscribeToken(token, { AUTH_SECRET: getEnv().AUTH_SECRET }) !== null;
  if (!isSignedNow && mayGrant(form)) {
    throw new AppError("forbidden", "This link is an old one: it still stops messages. Sign in to allow them again.");
  }
  const done = await applyPreferenceForm(getDb(), memberId, form, "unsubscribe_page");
  return Response.redirect(new URL(`/unsubscribe/${token}${done}`, getEnv().APP_URL), 303);
});
