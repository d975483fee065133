import { Button } from "@mantine/core";
import { useState } from "react";
import { callAction } from "../ui/call-action.ts";
import { count } from "./use-workflow-request.ts";
import classes from "./workflow-card.module.css";
import type { WorkflowActions, WorkflowRow } from "./workflow-row.ts";

type Props = { workflow: WorkflowRow; actions: WorkflowActions | null };

/** What the brake holds, and the two ways on. Discarding cannot be taken back, so it asks once more. */
export function HeldRuns({ workflow: { id, name, held }, actions }: Props) {
  const [asked, setAsked] = useState<"approve" | "discard" | null>(null);
  const [isSure, setSure] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function decide(decision: "approve" | "discard") {
    const perform = decision === "approve" ? actions?.approveHeld : actions?.discardHeld;
    setAsked(decision);
    setRefusal(null);
    const answer = perform && (await callAction(perform({ workflowId: id })));
    setAsked(null);
    setSure(false);
    setRefusal(answer?.ok === false ? answer.message : null);
  }

  return (
    <section className={classes.held} aria-label={`Held runs of ${name}`}>
      <p>
        <strong>{count(held, "run")} held.</strong> That is far more than this workflow starts on a usual day. Nothing
        is sent until {actions ? "you approve" : "an admin approves"} them. What has been held for more than two days is
        too late by then, and ends.
      </p>
      {actions ? (
        <div className={classes.decisions}>
          <Button size="xs" loading={asked === "approve"} disabled={asked !== null} onClick={() => decide("approve")}>
            Approve {count(held, "run")}
          </Button>
          <Button
            size="xs"
            variant="default"
            loading={asked === "discard"}
            disabled={asked !== null}
            onClick={() => (isSure ? decide("discard") : setSure(true))}
          >
            {isSure ? `Yes, discard ${count(held, "run")} for good` : "Discard"}
          </Button>
        </div>
      ) : null}
      {refusal ? <p role="alert">{refusal}</p> : null}
    </section>
  );
}
