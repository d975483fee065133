"use client";

import { Switch } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import type { ActionResult } from "#lib/action-result";
import { digestQuestion } from "#lib/staff-digest";
import { callAction } from "../ui/call-action.ts";
import { useToast } from "../ui/toast.tsx";

export type SwitchDigest = (input: { isOn: boolean }) => Promise<ActionResult<null>>;

export function DigestSwitch({ isOn, switchDigest }: { isOn: boolean; switchDigest: SwitchDigest }) {
  const router = useRouter();
  const show = useToast();
  const [isShownOn, setShownOn] = useOptimistic(isOn);
  const [, startTransition] = useTransition();

  const change = (next: boolean) =>
    startTransition(async () => {
      setShownOn(next);
      const answer = await callAction(switchDigest({ isOn: next }));
      if (!answer.ok) {
        show({ message: answer.message, isError: true });
        return;
      }
      show({ message: next ? "You get the digest again." : "You get no digest any more." });
      router.refresh();
    });

  return (
    <Switch
      checked={isShownOn}
      onChange={(event) => change(event.currentTarget.checked)}
      label={digestQuestion}
      description="Nothing comes on a day on which there is nothing to tell."
      withThumbIndicator={false}
    />
  );
}
