import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { callAction } from "../ui/call-action.ts";
import type { UnconfirmedActions, UnconfirmedMessage } from "./unconfirmed-message.ts";
import { waitForAnswer } from "./wait-for-answer.ts";

type Decision = "confirmArrival" | "sendAgain";

const outcomes: Record<Decision, (message: UnconfirmedMessage) => string> = {
  confirmArrival: ({ subject, to }) => `“${subject}” to ${to} counts as sent.`,
  sendAgain: ({ subject, to }) => `“${subject}” to ${to} goes out again.`,
};

/** What somebody decides of messages, one at a time, and what to say of it. */
export function useDecisions(actions: UnconfirmedActions) {
  const [deciding, setDeciding] = useState<number | null>(null);
  const [said, setSaid] = useState<{ text: string; isRefusal: boolean } | null>(null);
  const router = useRouter();
  const place = useRef<HTMLDivElement>(null);

  function say(text: string, isRefusal = false) {
    setSaid({ text, isRefusal });
    // The row may go, and the focus would go with it.
    place.current?.focus();
  }

  async function check(message: UnconfirmedMessage) {
    setDeciding(message.id);
    say(`Asking ${message.askable} about “${message.subject}” to ${message.to}…`);
    const answer = await callAction(actions.checkWithProvider({ messageId: message.id }));
    if (!answer.ok) {
      say(answer.message, true);
    } else if (answer.data.requestId === null) {
      say(decidedBefore(message));
    } else {
      const { text, isRefusal } = await waitForAnswer(answer.data.requestId);
      say(text, isRefusal);
    }
    setDeciding(null);
    router.refresh();
  }

  async function decide(decision: Decision, message: UnconfirmedMessage) {
    setDeciding(message.id);
    const answer = await callAction(actions[decision]({ messageId: message.id }));
    setDeciding(null);
    if (!answer.ok) {
      say(answer.message, true);
    } else {
      say(answer.data.wasOpen ? outcomes[decision](message) : decidedBefore(message));
    }
  }

  return { deciding, said, place, decide, check };
}

const decidedBefore = ({ subject, to }: UnconfirmedMessage) =>
  `“${subject}” to ${to} had been decided before. Nothing was changed.`;
