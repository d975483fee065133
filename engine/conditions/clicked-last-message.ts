import { z } from "zod";
import { defineCondition } from "../define.ts";
import { hasLastMessageCome } from "./last-message.ts";

export const clickedLastMessage = defineCondition({
  type: "clicked_last_message",
  label: "Has clicked in the last message",
  help: "A link was clicked in the last email or SMS that this workflow sent the member.",
  params: z.object({}),
  holds: () => hasLastMessageCome(["clicked"]),
});
