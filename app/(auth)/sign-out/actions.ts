"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { definePublicAction } from "../../_server/action.ts";
import { getAuth } from "../../_server/web-auth.ts";

/** Ends the session on the server and in the browser. Takes anything, so that a form can call it. */
export const signOut = definePublicAction(
  { reason: "Whose session has run out signs out too.", input: z.unknown() },
  async () => {
    await getAuth().api.signOut({ headers: await headers() });
    redirect("/sign-in");
  },
);
