import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ToastProvider } from "#components/ui/toast";
import { UnreadableWorkflow } from "#components/workflows/editor/unreadable-workflow";
import { WorkflowEditor } from "#components/workflows/editor/workflow-editor";
import { AppError } from "#lib/errors";
import { getDb } from "../../../_server/db.ts";
import { requireViewer } from "../../../_server/page-guard.ts";
import { readPageId } from "../../../_server/page-id.ts";
import {
  discardWorkflowDraft,
  listWorkflowVersions,
  previewWorkflowPublish,
  publishWorkflow,
  restoreWorkflowVersion,
  saveWorkflowDraft,
  sendTestOfStep,
  tryWorkflowDraft,
} from "./actions.ts";
import { readEditor } from "./read-editor.ts";

export const metadata: Metadata = { title: "Workflow" };

const actions = {
  save: saveWorkflowDraft,
  previewPublish: previewWorkflowPublish,
  publish: publishWorkflow,
  discard: discardWorkflowDraft,
  listVersions: listWorkflowVersions,
  restore: restoreWorkflowVersion,
  tryIt: tryWorkflowDraft,
  sendTest: sendTestOfStep,
};

export default async function WorkflowPage({ params }: PageProps<"/admin/workflows/[id]">) {
  const viewer = await requireViewer(["admin", "staff"]);
  const { workflow, draft, ...editor } = await readOrNotFound(await readPageId(params));
  const mayEdit = viewer.role === "admin" && !workflow.isArchived;
  return (
    <ToastProvider closeLabel="Close">
      {draft ? (
        <WorkflowEditor workflow={{ ...workflow, draft }} {...editor} actions={actions} mayEdit={mayEdit} />
      ) : (
        <UnreadableWorkflow workflow={workflow} save={mayEdit ? actions.save : null} />
      )}
    </ToastProvider>
  );
}

async function readOrNotFound(id: number) {
  try {
    return await readEditor(getDb(), id);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") {
      notFound();
    }
    throw error;
  }
}
