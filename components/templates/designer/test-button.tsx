import { Button } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useState } from "react";
import { callAction } from "../../ui/call-action.ts";
import { useToast } from "../../ui/toast.tsx";
import type { Designer } from "./use-designer.ts";

/** Sends what the preview shows to whoever presses it, and to nobody else. */
export function TestButton({ designer }: { designer: Designer }) {
  const { actions, data, previewInput } = designer;
  const [isSending, setSending] = useState(false);
  const show = useToast();

  async function send() {
    if (!actions || isSending) {
      return;
    }
    setSending(true);
    const answer = await callAction(actions.sendTest(previewInput));
    setSending(false);
    show(
      answer.ok
        ? { message: `A test is on its way to ${answer.data.sentTo}.` }
        : { message: answer.message, isError: true },
    );
  }

  return (
    <Button
      variant="default"
      loading={isSending}
      leftSection={<IconSend size={16} stroke={1.75} aria-hidden />}
      title={`To ${data.viewerEmail}`}
      onClick={send}
    >
      Send me a test
    </Button>
  );
}
