import { z } from "zod";
import { defineAction } from "../define.ts";
import { queueMessages } from "./queue-messages.ts";

export const sendInAppNotification = defineAction({
  type: "send_in_app_notification",
  label: "Send a notification",
  help: "Puts a notification into the member's notification center.",
  params: z.object({
    template_id: z.int().positive().meta({ label: "Template", pick: "in_app_template" }),
  }),

  execute: (batch, { template_id }, context) => queueMessages("in_app", template_id, batch, context),
});
