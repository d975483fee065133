"use client";

import { Switch } from "@mantine/core";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useOptimistic, useState, useTransition } from "react";
import { callAction } from "../ui/call-action.ts";
import { Late } from "../ui/late.tsx";
import { useToast } from "../ui/toast.tsx";
import type { WorkflowActions, WorkflowRow } from "./workflow-row.ts";

/** Asked by few of those who look at the list. */
const SwitchOnDialog = dynamic(() => import("./switch-on-dialog.tsx").then((loaded) => loaded.SwitchOnDialog), {
  ssr: false,
});

type Props = { workflow: WorkflowRow; actions: WorkflowActions; onRequest: (requestId: number | null) => void };

/** Switching on asks what about those who match already; switching off asks nothing and can be undone. */
export function WorkflowSwitch({ workflow, actions, onRequest }: Props) {
  const { id, name, isEnabled, problems } = workflow;
  const router = useRouter();
  const show = useToast();
  const [isOn, setOn] = useOptimistic(isEnabled);
  const [, startTransition] = useTransition();
  const [isAsking, setAsking] = useState(false);

  const switchOff = () =>
    startTransition(async () => {
      setOn(false);
      const answer = await callAction(actions.switchOff({ workflowId: id }));
      if (!answer.ok) {
        show({ message: answer.message, isError: true });
        return;
      }
      onRequest(null);
      show({ message: `“${name}” is off. Runs that had begun wait.`, action: { label: "Undo", run: undo } });
    });

  const undo = () =>
    startTransition(async () => {
      setOn(true);
      const answer = await callAction(actions.undoSwitchOff({ workflowId: id }));
      if (!answer.ok) {
        show({ message: answer.message, isError: true });
      }
      router.refresh();
    });

  return (
    <>
      <Switch
        checked={isOn}
        onChange={(event) => (event.currentTarget.checked ? setAsking(true) : switchOff())}
        disabled={!isOn && problems.length > 0}
        aria-label={name}
        size="md"
        withThumbIndicator={false}
      />
      <Late isOpen={isAsking}>
        <SwitchOnDialog
          workflow={workflow}
          actions={actions}
          isOpen={isAsking}
          close={() => setAsking(false)}
          onSwitchedOn={(requestId) => {
            setAsking(false);
            onRequest(requestId);
            show({ message: `“${name}” is on.` });
            router.refresh();
          }}
        />
      </Late>
    </>
  );
}
