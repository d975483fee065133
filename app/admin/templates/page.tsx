import type { Metadata } from "next";
import { Suspense } from "react";
import { NewTemplateLink } from "#components/templates/new-template-link";
import { TemplateControls } from "#components/templates/template-controls";
import { TemplateList } from "#components/templates/template-list";
import { TemplateListSkeleton } from "#components/templates/template-list-skeleton";
import { Page } from "#components/ui/page";
import { PageHeader } from "#components/ui/page-header";
import { getDb } from "../../_server/db.ts";
import { requireViewer } from "../../_server/page-guard.ts";
import { getGym } from "../../_shell/gym.ts";
import { archiveTemplate, unarchiveTemplate } from "./actions.ts";
import { readTemplates } from "./read-templates.ts";
import { readTemplateQuery, type TemplateQuery, toFilter } from "./template-filter.ts";

export const metadata: Metadata = { title: "Templates" };

const actions = { archive: archiveTemplate, unarchive: unarchiveTemplate };

export default async function TemplatesPage({ searchParams }: PageProps<"/admin/templates">) {
  const viewer = await requireViewer(["admin", "staff"]);
  const query = await readTemplateQuery(searchParams);
  const mayAct = viewer.role === "admin";
  return (
    <Page>
      <PageHeader title="Templates" description="What workflows write to members, by email, in the app and by SMS.">
        {mayAct ? <NewTemplateLink /> : null}
      </PageHeader>
      <TemplateControls query={query} />
      <Suspense key={JSON.stringify(query)} fallback={<TemplateListSkeleton />}>
        <Templates query={query} mayAct={mayAct} />
      </Suspense>
    </Page>
  );
}

async function Templates({ query, mayAct }: { query: TemplateQuery; mayAct: boolean }) {
  const { timeZone, name: gymName } = await getGym();
  const found = await readTemplates(getDb(), toFilter(query), { now: new Date(), timeZone, gymName });
  const isFiltered = Object.values(query).some(Boolean);
  return <TemplateList {...found} isFiltered={isFiltered} actions={mayAct ? actions : null} />;
}
