import { Skeleton } from "@mantine/core";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { ByHand } from "#components/logs/by-hand";
import { RunTimeline } from "#components/logs/run-timeline";
import { RunView } from "#components/logs/run-view";
import { Page } from "#components/ui/page";
import { ToastProvider } from "#components/ui/toast";
import { findRun, type RunDetail } from "#db/queries/run-log";
import { resumable } from "#engine/by-hand/runs";
import { readClock } from "#engine/clock";
import { getDb } from "../../../../_server/db.ts";
import { requireViewer } from "../../../../_server/page-guard.ts";
import { readPageId } from "../../../../_server/page-id.ts";
import { cancelRun, resumeRun } from "../actions.ts";
import { runStatuses } from "../run-words.ts";
import { listRunFacts } from "./describe-run.ts";
import { readTimeline } from "./read-run.ts";

export const metadata: Metadata = { title: "Run" };

export default async function RunPage({ params }: PageProps<"/admin/logs/runs/[id]">) {
  await requireViewer(["admin"]);
  const run = await findRun(getDb(), await readPageId(params));
  // Before anything is shown: the answer's status can still say so.
  if (!run) {
    notFound();
  }
  return (
    <Page>
      <ToastProvider closeLabel="Close">
        <Suspense fallback={<Skeleton height="40rem" radius="lg" />}>
          <Run run={run} />
        </Suspense>
      </ToastProvider>
    </Page>
  );
}

async function Run({ run }: { run: RunDetail }) {
  const db = getDb();
  const clock = await readClock(db);
  return (
    <RunView
      member={run.memberName ?? `Member ${run.memberId}`}
      workflow={run.workflowName ?? `Workflow ${run.workflowId}`}
      {...runStatuses[run.status]}
      facts={listRunFacts(run, clock)}
      byHand={<Decision run={run} />}
    >
      <RunTimeline events={await readTimeline(db, run, clock)} />
    </RunView>
  );
}

function Decision({ run: { id, status, reason, endedAt, stepId } }: { run: RunDetail }) {
  if (endedAt === null) {
    return (
      <ByHand
        id={id}
        label="Cancel run"
        question="Cancel this run?"
        warning="Nothing more of it is done, and what it has queued is not sent. This cannot be undone; the member stays on the workflow's cooldown."
        done="The run was cancelled."
        act={cancelRun}
      />
    );
  }
  return status === "failed" && stepId !== null && resumable.includes(reason ?? "") ? (
    <ByHand
      id={id}
      label="Try again"
      question="Try this run again?"
      warning="It goes on at the step at which it failed; what came before is not done again. Whether it may still go on is asked first."
      done="The run goes on."
      act={resumeRun}
    />
  ) : null;
}
