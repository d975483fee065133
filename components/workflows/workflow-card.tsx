"use client";

import { Button } from "@mantine/core";
import { IconDots, IconPlayerPlay } from "@tabler/icons-react";
import Link from "next/link";
import { lazy, useState } from "react";
import { callAction } from "../ui/call-action.ts";
import { LateMenu } from "../ui/late-menu.tsx";
import { IconButton } from "../ui/plain-button.tsx";
import { Tone } from "../ui/tone.tsx";
import { editorAddress } from "./editor-address.ts";
import { HeldRuns } from "./held-runs.tsx";
import { Sparkline } from "./sparkline.tsx";
import { StepChain } from "./step-chain.tsx";
import { useWorkflowRequest } from "./use-workflow-request.ts";
import classes from "./workflow-card.module.css";
import type { WorkflowActions, WorkflowRow } from "./workflow-row.ts";
import { WorkflowSwitch } from "./workflow-switch.tsx";

/** As large as half of the list, and opened by few. */
const WorkflowMenu = lazy(() => import("./workflow-menu.tsx").then((loaded) => ({ default: loaded.WorkflowMenu })));

type Props = { workflow: WorkflowRow; actions: WorkflowActions | null };

export function WorkflowCard({ workflow, actions }: Props) {
  const { id, name, description, triggerSummary, stepSummaries, problems, isEnabled } = workflow;
  const [requestId, setRequestId] = useState<number | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const request = useWorkflowRequest(requestId);

  async function runNow() {
    if (!actions) {
      return;
    }
    setAsking(true);
    setRefusal(null);
    const answer = await callAction(actions.runNow({ workflowId: id }));
    setAsking(false);
    if (answer.ok) {
      setRequestId(answer.data.requestId);
    } else {
      setRefusal(answer.message);
    }
  }

  return (
    <article className={classes.card} aria-labelledby={`workflow-${id}`}>
      <div className={classes.what}>
        <div className={classes.heading}>
          <h2 id={`workflow-${id}`} className={classes.name}>
            <Link href={editorAddress(id)} className={classes.link}>
              {name}
            </Link>
          </h2>
          <State workflow={workflow} />
        </div>
        <p className={classes.trigger}>{triggerSummary ?? description}</p>
        {stepSummaries.length > 0 ? <StepChain steps={stepSummaries} /> : null}
      </div>

      <Figures workflow={workflow} />

      {actions ? (
        <div className={classes.controls}>
          {isEnabled ? (
            <Button
              variant="default"
              size="xs"
              leftSection={<IconPlayerPlay size={14} stroke={1.75} aria-hidden />}
              loading={isAsking || request?.isWaiting}
              onClick={runNow}
              aria-label={`Run ${name} now`}
            >
              Run now
            </Button>
          ) : null}
          {workflow.isNew || workflow.isArchived ? null : (
            <WorkflowSwitch workflow={workflow} actions={actions} onRequest={setRequestId} />
          )}
          <LateMenu
            target={
              <IconButton label="More" about={name}>
                <IconDots size={18} stroke={1.75} aria-hidden />
              </IconButton>
            }
            menu={(target) => <WorkflowMenu target={target} workflow={workflow} actions={actions} />}
          />
        </div>
      ) : null}

      {problems.length > 0 ? (
        <div className={classes.problems}>
          <p>Put this right before it can run:</p>
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      ) : null}

      {workflow.held > 0 ? <HeldRuns workflow={workflow} actions={actions} /> : null}

      <div className={classes.progress} role="status">
        {request ? (
          <p data-error={request.isError || undefined}>
            {request.text}{" "}
            {request.isWaiting || request.isError ? null : (
              <Link href={`/admin/logs?workflow=${id}`}>See what it does</Link>
            )}
          </p>
        ) : null}
        {refusal ? <p data-error>{refusal}</p> : null}
      </div>
    </article>
  );
}

function State({ workflow }: { workflow: WorkflowRow }) {
  const { isEnabled, isArchived, isNew, hasDraft, problems, held } = workflow;
  if (isArchived) {
    return <Tone tone="wait">Archived</Tone>;
  }
  if (isNew) {
    return <Tone tone="active">Draft</Tone>;
  }
  if (problems.length > 0) {
    return <Tone tone="bad">Needs attention</Tone>;
  }
  if (held > 0) {
    return <Tone tone="bad">Held</Tone>;
  }
  return (
    <>
      {isEnabled ? <Tone tone="good">On</Tone> : <Tone tone="wait">Off</Tone>}
      {hasDraft ? <Tone tone="active">Draft</Tone> : null}
    </>
  );
}

function Figures({ workflow }: { workflow: WorkflowRow }) {
  const { started, startedByDay, active, ended, lastSwept } = workflow;
  const figures = [
    { label: "Started", value: started.toLocaleString("en") },
    { label: "Active", value: active.toLocaleString("en") },
    { label: "Ended", value: ended.toLocaleString("en") },
    { label: "Last swept", value: lastSwept ?? "never" },
  ];
  return (
    <dl className={classes.figures}>
      {figures.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <div className={classes.month}>
        <dt>30 days</dt>
        <dd>
          <Sparkline counts={startedByDay} label={`Started on each of the last 30 days, ${started} in all`} />
        </dd>
      </div>
    </dl>
  );
}
