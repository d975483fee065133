import type { Metadata } from "next";
import { Suspense } from "react";
import { LogSkeleton } from "#components/logs/log-skeleton";
import { UnconfirmedList } from "#components/logs/unconfirmed-list";
import { Page } from "#components/ui/page";
import { requireViewer } from "../../../_server/page-guard.ts";
import { readLogQuery, unconfirmedQuery } from "../log-filter.ts";
import { LogHead } from "../log-head.tsx";
import { checkWithProvider, confirmArrival, sendAgain } from "./actions.ts";
import { readUnconfirmed } from "./read-unconfirmed.ts";

export const metadata: Metadata = { title: "Unconfirmed · Logs" };

const actions = { checkWithProvider, confirmArrival, sendAgain };

export default async function UnconfirmedPage({ searchParams }: PageProps<"/admin/logs/unconfirmed">) {
  await requireViewer(["admin"]);
  const { workflow } = await readLogQuery(unconfirmedQuery, searchParams);
  return (
    <Page>
      <LogHead
        description="Messages that may or may not have left. None is sent again by itself: you decide."
        path="/admin/logs/unconfirmed"
        query={{ workflow }}
        isShort
      />
      <Suspense key={workflow} fallback={<LogSkeleton />}>
        <Unconfirmed workflowId={workflow} />
      </Suspense>
    </Page>
  );
}

async function Unconfirmed({ workflowId }: { workflowId: number | undefined }) {
  return <UnconfirmedList {...(await readUnconfirmed(workflowId))} actions={actions} />;
}
