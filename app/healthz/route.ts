import { definePublicHandler } from "../_server/route-handler.ts";

export const GET = definePublicHandler(
  "Whoever watches the process asks; it says nothing but that it lives.",
  async () => Response.json({ status: "ok" }),
);
