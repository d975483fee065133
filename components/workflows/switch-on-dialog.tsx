"use client";

import { Button, Modal, Radio, Skeleton } from "@mantine/core";
import { useState } from "react";
import { callAction } from "../ui/call-action.ts";
import dialog from "../ui/dialog.module.css";
import { Refusal } from "../ui/refusal.tsx";
import { useAnswer } from "../ui/use-answer.ts";
import classes from "./switch-on-dialog.module.css";
import { count } from "./use-workflow-request.ts";
import type { WorkflowActions, WorkflowRow } from "./workflow-row.ts";

type Props = {
  workflow: WorkflowRow;
  actions: WorkflowActions;
  isOpen: boolean;
  close: () => void;
  onSwitchedOn: (requestId: number | null) => void;
};

export function SwitchOnDialog({ isOpen, close, ...props }: Props) {
  return (
    <Modal opened={isOpen} onClose={close} title={`Switch on “${props.workflow.name}”`}>
      <Question {...props} close={close} />
    </Modal>
  );
}

/** Lives as long as the dialog is open, so that each opening counts and asks anew. */
function Question({ workflow, actions, close, onSwitchedOn }: Omit<Props, "isOpen">) {
  const [choice, setChoice] = useState("future");
  const [isSwitching, setSwitching] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { data, error, refetch } = useAnswer(["matching", workflow.id], () =>
    actions.countMatching({ workflowId: workflow.id }),
  );
  const matching = data?.matching;

  async function switchOn() {
    setSwitching(true);
    setRefusal(null);
    const answer = await callAction(
      actions.switchOn({ workflowId: workflow.id, includeCurrent: choice === "current" }),
    );
    setSwitching(false);
    if (answer.ok) {
      onSwitchedOn(answer.data.requestId);
    } else {
      setRefusal(answer.message);
    }
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void switchOn();
      }}
    >
      <Matching matching={matching} error={error} retry={() => void refetch()} />
      <Radio.Group value={choice} onChange={setChoice} label="Start it for" classNames={{ label: classes.legend }}>
        <div className={classes.choices}>
          <Radio
            className={classes.choice}
            value="future"
            label="Only from now on"
            description="Whoever matches today is left alone until they match again."
            data-autofocus
          />
          <Radio
            className={classes.choice}
            value="current"
            label="Also those who match now"
            description={
              matching === undefined
                ? "They start within a minute."
                : `Up to ${count(matching, "run")} start within a minute.`
            }
          />
        </div>
      </Radio.Group>
      {refusal ? <Refusal>{refusal}</Refusal> : null}
      <div className={dialog.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={isSwitching}>
          Switch on
        </Button>
      </div>
    </form>
  );
}

type MatchingProps = { matching: number | undefined; error: Error | null; retry: () => void };

function Matching({ matching, error, retry }: MatchingProps) {
  if (error) {
    return (
      <Refusal title="Could not count the members who match">
        <p className={classes.problem}>{error.message}</p>
        <Button size="compact-sm" variant="default" onClick={retry}>
          Count again
        </Button>
      </Refusal>
    );
  }
  return (
    <p className={classes.matching} role="status">
      {matching === undefined ? (
        <>
          <Skeleton component="span" className={classes.counting} height="2rem" width="3.5rem" />
          <span>Counting the members who match…</span>
        </>
      ) : (
        <>
          <strong>{matching.toLocaleString("en")}</strong>
          <span>{matching === 1 ? "member matches now" : "members match now"}</span>
        </>
      )}
    </p>
  );
}
