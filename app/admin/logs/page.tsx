import type { Metadata } from "next";
import { Suspense } from "react";
import { LogSkeleton } from "#components/logs/log-skeleton";
import { StepLog } from "#components/logs/step-log";
import { Page } from "#components/ui/page";
import { requireViewer } from "../../_server/page-guard.ts";
import { logUrl, readLogFilter } from "./log-filter.ts";
import { LogHead } from "./log-head.tsx";
import { readSteps } from "./read-steps.ts";

export const metadata: Metadata = { title: "Steps · Logs" };

export default async function StepLogPage({ searchParams }: PageProps<"/admin/logs">) {
  await requireViewer(["admin"]);
  const { workflowId } = await readLogFilter(searchParams);
  return (
    <Page>
      <LogHead description="What every workflow did for every member, and how it ended." workflowId={workflowId} />
      <Suspense key={workflowId} fallback={<LogSkeleton />}>
        <Steps workflowId={workflowId} />
      </Suspense>
    </Page>
  );
}

async function Steps({ workflowId }: { workflowId: number | undefined }) {
  const first = await readSteps({ workflowId });
  return <StepLog url={logUrl("/api/logs/steps", workflowId)} first={first} isFiltered={workflowId !== undefined} />;
}
