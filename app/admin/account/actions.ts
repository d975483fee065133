"use server";

import { z } from "zod";
import { recordDigestChoice } from "#db/queries/digests";
import { defineServerAction } from "../../_server/action.ts";
import { getDb } from "../../_server/db.ts";

/** One's own digest and nobody else's: whose it is, is not asked. */
export const switchDigest = defineServerAction(
  { roles: ["admin", "staff"], input: z.object({ isOn: z.boolean() }) },
  async ({ isOn }, { userId }) => {
    await recordDigestChoice(getDb(), userId, isOn);
    return null;
  },
);
