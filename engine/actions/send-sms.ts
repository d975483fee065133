import { z } from "zod";
import { defineAction } from "../define.ts";
import { queueMessages } from "./queue-messages.ts";

export const sendSms = defineAction({
  type: "send_sms",
  label: "Send a text message",
  help: "Goes to the member's mobile number as soon as it may: quiet hours, consent and the frequency cap are looked at right before.",
  params: z.object({
    template_id: z.int().positive().meta({ label: "Template", pick: "sms_template" }),
  }),

  execute: (batch, { template_id }, context) => queueMessages("sms", template_id, batch, context),
});
