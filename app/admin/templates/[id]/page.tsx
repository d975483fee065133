import { Skeleton } from "@mantine/core";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { Designer } from "#components/templates/designer/designer";
import { Page } from "#components/ui/page";
import { requireViewer } from "../../../_server/page-guard.ts";
import type { Viewer } from "../../../_server/session.ts";
import { readTemplateVersion, saveTemplate, sendTestMail } from "../actions.ts";
import { readDesigner } from "../read-designer.ts";
import { idInAddress } from "../template-filter.ts";

export const metadata: Metadata = { title: "Template" };

const actions = { save: saveTemplate, readVersion: readTemplateVersion, sendTest: sendTestMail };

export default async function TemplatePage({ params }: PageProps<"/admin/templates/[id]">) {
  const viewer = await requireViewer(["admin", "staff"]);
  const id = idInAddress.safeParse((await params).id);
  if (!id.success) {
    notFound();
  }
  return (
    <Page>
      <Suspense fallback={<Skeleton height="48rem" radius="lg" />}>
        <Loaded id={id.data} viewer={viewer} />
      </Suspense>
    </Page>
  );
}

async function Loaded({ id, viewer }: { id: number; viewer: Viewer }) {
  const data = await readDesigner(id, viewer);
  return <Designer data={data} actions={viewer.role === "admin" ? actions : null} />;
}
