import type { Metadata } from "next";
import { Suspense } from "react";
import { LogControls } from "#components/logs/log-controls";
import { LogSkeleton } from "#components/logs/log-skeleton";
import { MessageLog } from "#components/logs/message-log";
import { Page } from "#components/ui/page";
import { PageHeader } from "#components/ui/page-header";
import { listWorkflowNames } from "#db/queries/logs";
import { getDb } from "../../../_server/db.ts";
import { requireViewer } from "../../../_server/page-guard.ts";
import type { Viewer } from "../../../_server/session.ts";
import { logUrl, readLogFilter } from "../log-filter.ts";
import { readMessages } from "../read-messages.ts";

export const metadata: Metadata = { title: "Messages · Logs" };

export default async function MessageLogPage({ searchParams }: PageProps<"/admin/logs/messages">) {
  const viewer = await requireViewer(["admin"]);
  const { workflowId } = await readLogFilter(searchParams);
  return (
    <Page>
      <PageHeader title="Logs" description="Every message that went out or was going to, and what became of it." />
      <LogControls workflows={await listWorkflowNames(getDb())} workflowId={workflowId} />
      <Suspense key={workflowId} fallback={<LogSkeleton />}>
        <Messages viewer={viewer} workflowId={workflowId} />
      </Suspense>
    </Page>
  );
}

async function Messages({ viewer, workflowId }: { viewer: Viewer; workflowId: number | undefined }) {
  const first = await readMessages(viewer, { workflowId });
  const url = logUrl("/api/logs/messages", workflowId);
  return <MessageLog url={url} first={first} isFiltered={workflowId !== undefined} />;
}
