import type { Metadata } from "next";
import { Suspense } from "react";
import { logAddress } from "#components/logs/log-address";
import { LogSkeleton } from "#components/logs/log-skeleton";
import { RunLog } from "#components/logs/run-log";
import { Page } from "#components/ui/page";
import { requireViewer } from "../../../_server/page-guard.ts";
import { isFiltered, type RunQuery, readLogQuery, runQuery } from "../log-filter.ts";
import { LogHead } from "../log-head.tsx";
import { reasonSelect, runSelects } from "../log-selects.ts";
import { readRuns } from "./read-runs.ts";

export const metadata: Metadata = { title: "Runs · Logs" };

export default async function RunLogPage({ searchParams }: PageProps<"/admin/logs/runs">) {
  await requireViewer(["admin"]);
  const query = await readLogQuery(runQuery, searchParams);
  return (
    <Page>
      <LogHead
        description="Who went through which workflow, and how far they came."
        path="/admin/logs/runs"
        query={query}
        exportPath="/api/logs/runs/export"
        selects={[...runSelects, reasonSelect]}
      />
      <Suspense key={JSON.stringify(query)} fallback={<LogSkeleton />}>
        <Runs query={query} />
      </Suspense>
    </Page>
  );
}

async function Runs({ query }: { query: RunQuery }) {
  const first = await readRuns(query);
  return <RunLog url={logAddress("/api/logs/runs", query)} first={first} isFiltered={isFiltered(query)} />;
}
