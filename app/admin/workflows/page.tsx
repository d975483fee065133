import { IconPlus } from "@tabler/icons-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { z } from "zod";
import { Page } from "#components/ui/page";
import { PageHeader } from "#components/ui/page-header";
import { PlainLinkButton } from "#components/ui/plain-button";
import { WorkflowFilters } from "#components/workflows/workflow-filters";
import { WorkflowList } from "#components/workflows/workflow-list";
import { WorkflowListSkeleton } from "#components/workflows/workflow-list-skeleton";
import { workflowStates } from "#engine/editing/workflow-list";
import { getDb } from "../../_server/db.ts";
import { requireViewer } from "../../_server/page-guard.ts";
import {
  approveHeldRuns,
  archiveWorkflow,
  countMatching,
  discardHeldRuns,
  duplicateWorkflow,
  runWorkflowNow,
  switchWorkflowOff,
  switchWorkflowOn,
  unarchiveWorkflow,
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
  duplicate: duplicateWorkflow,
  archive: archiveWorkflow,
  unarchive: unarchiveWorkflow,
};

/** The filter in the page's address. What makes no sense there filters nothing. */
const filter = z.object({
  text: z.string().trim().max(100).catch("").default(""),
  state: z.enum(workflowStates).optional().catch(undefined),
});

export default async function WorkflowsPage({ searchParams }: PageProps<"/admin/workflows">) {
  const viewer = await requireViewer(["admin", "staff"]);
  const asked = filter.parse(await searchParams);
  const mayAct = viewer.role === "admin";
  return (
    <Page>
      <PageHeader
        title="Workflows"
        description="What happens by itself when a member gives a reason. Figures cover the last 30 days."
      >
        {mayAct ? (
          <PlainLinkButton href="/admin/workflows/new">
            <IconPlus size={16} stroke={2} aria-hidden />
            New workflow
          </PlainLinkButton>
        ) : null}
      </PageHeader>
      <Suspense fallback={<WorkflowListSkeleton />}>
        <Workflows asked={asked} mayAct={mayAct} />
      </Suspense>
    </Page>
  );
}

async function Workflows({ asked, mayAct }: { asked: z.output<typeof filter>; mayAct: boolean }) {
  const { workflows, counts } = await readWorkflows(getDb(), { ...asked, text: asked.text || undefined });
  return (
    <>
      <WorkflowFilters {...asked} state={asked.state} counts={counts} />
      <WorkflowList
        workflows={workflows}
        isFiltered={asked.text !== "" || asked.state !== undefined}
        actions={mayAct ? actions : null}
      />
    </>
  );
}
