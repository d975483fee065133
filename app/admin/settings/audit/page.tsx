import type { Metadata } from "next";
import { Suspense } from "react";
import { AuditFilters } from "#components/audit/audit-filters";
import { AuditList } from "#components/audit/audit-list";
import { MemberListSkeleton } from "#components/members/member-list-skeleton";
import { Page } from "#components/ui/page";
import { listActors } from "#db/queries/audit-log";
import { readClock } from "#engine/clock";
import { getDb } from "../../../_server/db.ts";
import { requireViewer } from "../../../_server/page-guard.ts";
import { SettingsHead } from "../settings-head.tsx";
import { type AuditQuery, readAuditQuery } from "./audit-filter.ts";
import { kindNames } from "./describe-act.ts";
import { readAudit } from "./read-audit.ts";

export const metadata: Metadata = { title: "Audit log · Settings" };

export default async function AuditPage({ searchParams }: PageProps<"/admin/settings/audit">) {
  await requireViewer(["admin"]);
  const query = await readAuditQuery(searchParams);
  const kinds = Object.entries(kindNames).map(([value, label]) => ({ value, label }));
  return (
    <Page>
      <SettingsHead description="Who changed what, and when. Nothing here can be changed or deleted." />
      <AuditFilters query={query} actors={await listActors(getDb())} kinds={kinds} />
      <Suspense key={JSON.stringify(query)} fallback={<MemberListSkeleton />}>
        <Acts query={query} />
      </Suspense>
    </Page>
  );
}

async function Acts({ query }: { query: AuditQuery }) {
  const db = getDb();
  return (
    <AuditList {...(await readAudit(db, query, await readClock(db)))} isFiltered={Object.values(query).some(Boolean)} />
  );
}
