import type { Metadata } from "next";
import { Suspense } from "react";
import { Page } from "#components/ui/page";
import { PageHeader } from "#components/ui/page-header";
import { WorkflowList } from "#components/workflows/workflow-list";
import { WorkflowListSkeleton } from "#components/workflows/workflow-list-skeleton";
import { getDb } from "../../_server/db.ts";
import { requireViewer } from "../../_server/page-guard.ts";
import { getGym } from "../../_shell/gym.ts";
import {
  approveHeldRuns,
  countMatching,
  discardHeldRuns,
  runWorkflowNow,
  switchWorkflowOff,
  switchWorkflowOn,
  undoWorkflowOff,
} from "./actions.ts";
import { readWorkflows } from "./read-workflows.ts";

export const metadata: Metadata = { title: "Workflows" };

const actions = {
  countMatching,
  switchOn: switchWorkflowOn,
  switchOff: switchWorkflowOff,
  undoSwitchOff: undoWorkflowOff,
  runNow: runWorkflowNow,
  approveHeld: approveHeldRuns,
  discardHeld: discardHeldRuns,
};

export default async function WorkflowsPage() {
  const viewer = await requireViewer(["admin", "staff"]);
  return (
    <Page>
      <PageHeader
        title="Workflows"
        description="What happens by itself when a member gives a reason. Figures cover the last 30 days."
      />
      <Suspense fallback={<WorkflowListSkeleton />}>
        <Workflows mayAct={viewer.role === "admin"} />
      </Suspense>
    </Page>
  );
}

async function Workflows({ mayAct }: { mayAct: boolean }) {
  const { timeZone } = await getGym();
  const workflows = await readWorkflows(getDb(), new Date(), timeZone);
  return <WorkflowList workflows={workflows} actions={mayAct ? actions : null} />;
}
