import { z } from "zod";
import { defineAction } from "../define.ts";
import { queueMessages } from "./queue-messages.ts";

export const sendEmail = defineAction({
  type: "send_email",
  label: "Send an email",
  help: "Queues the email; delivery sends it and keeps its status up to date.",
  params: z.object({
    template_id: z.int().positive().meta({ label: "Template", pick: "email_template" }),
  }),

  execute: (batch, { template_id }, context) => queueMessages("email", template_id, batch, context),
});
