"use server";

import { headers } from "next/headers";
import { z } from "zod";
import { findSignIn } from "#db/queries/sign-in";
import { AppError } from "#lib/errors";
import { safePath } from "#lib/safe-path";
import { definePublicAction } from "../../_server/action.ts";
import { getDb } from "../../_server/db.ts";
import { normalEmail } from "../../_server/sign-in-limits.ts";
import { refusalOf } from "../../_server/sign-in-refusal.ts";
import { getAuth } from "../../_server/web-auth.ts";
import { homeOf } from "../../_shell/home.ts";

const reason = "Whoever signs in has not signed in yet; limits are counted per account and network.";

const email = z.string().trim().min(1, "Enter your email address.").max(320, "That is not an email address.");

export const signInWithPassword = definePublicAction(
  { reason, input: z.object({ email, password: z.string().min(1, "Enter your password."), next: z.string() }) },
  async ({ email: typed, password, next }) => {
    const address = normalEmail(typed);
    await getAuth()
      .api.signInEmail({ body: { email: address, password }, headers: await headers() })
      .catch((error) => {
        throw refusalOf(error, "This email and password do not go together.");
      });
    return { to: await nextPath(address, next) };
  },
);

/** Answers the same, and as slowly, whether there is such an account or not. */
export const requestSignInLink = definePublicAction(
  { reason, input: z.object({ email: email.pipe(z.email("That is not an email address.")) }) },
  async ({ email: typed }) => {
    const [sent] = await Promise.allSettled([
      getAuth().api.signInMagicLink({ body: { email: normalEmail(typed) }, headers: await headers() }),
      new Promise((resolve) => setTimeout(resolve, sameForAllMs)),
    ]);
    if (sent.status === "rejected") {
      throw refusalOf(sent.reason, "That did not work. Try again.");
    }
    return null;
  },
);

const sameForAllMs = 400;

export const signInWithLink = definePublicAction(
  { reason, input: z.object({ token: z.string() }) },
  async ({ token }) => {
    const { user } = await getAuth()
      .api.magicLinkVerify({ query: { token }, headers: await headers() })
      .catch((error) => {
        throw refusalOf(error, "This link was used already or is too old. Ask for a new one.");
      });
    return { to: await nextPath(user.email, "") };
  },
);

/** Staff who came by a link and have no password yet are asked for one first. */
async function nextPath(address: string, wanted: string): Promise<string> {
  const signIn = await findSignIn(getDb(), address);
  if (!signIn) {
    throw new AppError("forbidden", "This email and password do not go together.");
  }
  if (!signIn.hasPassword && signIn.role !== "member") {
    return "/account/password";
  }
  return safePath(wanted) ?? homeOf(signIn.role);
}
