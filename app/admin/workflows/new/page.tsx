import type { Metadata } from "next";
import { BackLink } from "#components/ui/back-link";
import { Page } from "#components/ui/page";
import { PageHeader } from "#components/ui/page-header";
import { Gallery } from "#components/workflows/gallery";
import { listGallery } from "#engine/editing/gallery";
import { getDb } from "../../../_server/db.ts";
import { requireViewer } from "../../../_server/page-guard.ts";
import { createBlankWorkflow, createWorkflowFromGallery } from "../actions.ts";

export const metadata: Metadata = { title: "New workflow" };

export default async function NewWorkflowPage() {
  await requireViewer(["admin"]);
  return (
    <Page>
      <BackLink href="/admin/workflows">Workflows</BackLink>
      <PageHeader
        title="New workflow"
        description="Start from one that good gyms have, or from nothing. It stays off until you publish it and switch it on."
      />
      <Gallery
        entries={await listGallery(getDb())}
        createBlank={createBlankWorkflow}
        createFromGallery={createWorkflowFromGallery}
      />
    </Page>
  );
}
