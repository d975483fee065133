import { Button } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { callAction } from "../../ui/call-action.ts";
import type { EditorActions } from "./editor-actions.ts";
import classes from "./trial-result.module.css";

type Props = { about: string; send: () => ReturnType<EditorActions["sendTest"]> };

/** Sends an email of the trial to whoever presses it, and says where it went, or why it did not. */
export function TestSend({ about, send }: Props) {
  const test = useMutation({
    mutationFn: async () => {
      const answer = await callAction(send());
      if (!answer.ok) {
        throw new Error(answer.message);
      }
      return answer.data.recipient;
    },
  });
  return (
    <div className={classes.test}>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Send me a test: ${about}`}
        leftSection={<IconSend size={14} stroke={1.75} aria-hidden />}
        loading={test.isPending}
        onClick={() => test.mutate()}
      >
        Send me a test
      </Button>
      <p className={test.error ? classes.bad : classes.hint} role="status">
        {test.error?.message ?? (test.data ? `A test is on its way to ${test.data}.` : "")}
      </p>
    </div>
  );
}
