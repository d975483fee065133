import { z } from "zod";
import { defineAction } from "../define.ts";
import { queueMessages } from "./queue-messages.ts";

export const sendEmail = defineAction({
  type: "send_email",
  label: "Send an email",
  help: "Goes out as soon as it may: quiet hours, consent and the frequency cap are looked at right before.",
  params: z.object({
    template_id: z.int().positive().meta({ label: "Template", pick: "email_template" }),
  }),

  execute: (batch, { template_id }, context) => queueMessages("email", template_id, batch, context),
});
