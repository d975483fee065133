import type { Metadata } from "next";
import { Suspense } from "react";
import { logAddress } from "#components/logs/log-address";
import { LogSkeleton } from "#components/logs/log-skeleton";
import { StepLog } from "#components/logs/step-log";
import { Page } from "#components/ui/page";
import { requireViewer } from "../../_server/page-guard.ts";
import { isFiltered, readLogQuery, type StepQuery, stepQuery } from "./log-filter.ts";
import { LogHead } from "./log-head.tsx";
import { reasonSelect, stepSelects } from "./log-selects.ts";
import { readSteps } from "./read-steps.ts";

export const metadata: Metadata = { title: "Steps · Logs" };

export default async function StepLogPage({ searchParams }: PageProps<"/admin/logs">) {
  await requireViewer(["admin"]);
  const query = await readLogQuery(stepQuery, searchParams);
  return (
    <Page>
      <LogHead
        description="What every workflow did for every member, and how it ended."
        path="/admin/logs"
        query={query}
        exportPath="/api/logs/steps/export"
        selects={[...stepSelects, reasonSelect]}
      />
      <Suspense key={JSON.stringify(query)} fallback={<LogSkeleton />}>
        <Steps query={query} />
      </Suspense>
    </Page>
  );
}

async function Steps({ query }: { query: StepQuery }) {
  const first = await readSteps(query);
  return <StepLog url={logAddress("/api/logs/steps", query)} first={first} isFiltered={isFiltered(query)} />;
}
