import { z } from "zod";
import { defineCondition } from "../define.ts";
import { hasLastMessageCome } from "./last-message.ts";

export const openedLastMessage = defineCondition({
  type: "opened_last_message",
  label: "Has opened the last message",
  help: "The last email or SMS that this workflow sent the member was opened, or a link in it clicked.",
  params: z.object({}),
  holds: () => hasLastMessageCome(["opened", "clicked"]),
});
