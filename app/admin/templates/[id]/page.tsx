import { Skeleton } from "@mantine/core";
import type { Metadata } from "next";
import { Suspense } from "react";
import { Designer } from "#components/templates/designer/designer";
import { Page } from "#components/ui/page";
import { requireViewer } from "../../../_server/page-guard.ts";
import { readPageId } from "../../../_server/page-id.ts";
import type { Viewer } from "../../../_server/session.ts";
import { readTemplateVersion, saveTemplate, sendTestMail } from "../actions.ts";
import { readDesigner } from "../read-designer.ts";

export const metadata: Metadata = { title: "Template" };

const actions = { save: saveTemplate, readVersion: readTemplateVersion, sendTest: sendTestMail };

export default async function TemplatePage({ params }: PageProps<"/admin/templates/[id]">) {
  const viewer = await requireViewer(["admin", "staff"]);
  const id = await readPageId(params);
  return (
    <Page>
      <Suspense fallback={<Skeleton height="48rem" radius="lg" />}>
        <Loaded id={id} viewer={viewer} />
      </Suspense>
    </Page>
  );
}

async function Loaded({ id, viewer }: { id: number; viewer: Viewer }) {
  const data = await readDesigner(id, viewer);
  return <Designer data={data} actions={viewer.role === "admin" ? actions : null} />;
}
