"use server";

import { z } from "zod";
import { unsubscribe } from "#db/queries/unsubscribe";
import { getEnv } from "#env";
import { AppError } from "#lib/errors";
import { readUnsubscribeToken } from "#messaging/unsubscribe-token";
import { definePublicAction } from "../../../_server/action.ts";
import { getDb } from "../../../_server/db.ts";

export const confirmUnsubscribe = definePublicAction(
  {
    reason: "The signed link in the email is the right to do this; nobody should have to sign in for it.",
    input: z.object({ token: z.string().max(200) }),
  },
  async ({ token }) => {
    const memberId = readUnsubscribeToken(token, getEnv());
    if (memberId === null) {
      throw new AppError("invalid", "This link is not complete. Open it from the email again.");
    }
    await unsubscribe(getDb(), memberId, "unsubscribe_page");
  },
);
