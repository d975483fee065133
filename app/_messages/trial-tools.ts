import type { TrialTools } from "#engine/editing/walk";
import { getEnv } from "#env";
import { createMessageLinks } from "#messaging/message-links";
import { tryMessage, tryText } from "#messaging/try-message";

/** What the engine does not know of messages, with the links of this installation. */
export function trialTools(): TrialTools {
  const links = createMessageLinks(getEnv());
  return {
    tryMessage: (tx, message, clock) => tryMessage(tx, message, links, clock),
    tryText: (tx, text, clock) => tryText(tx, text, links, clock),
  };
}
