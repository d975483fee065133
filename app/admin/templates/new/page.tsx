import { Skeleton } from "@mantine/core";
import type { Metadata } from "next";
import { Suspense } from "react";
import { ChannelChoice } from "#components/templates/channel-choice";
import { Designer } from "#components/templates/designer/designer";
import { Page } from "#components/ui/page";
import type { Channel } from "#lib/template-texts";
import { requireViewer } from "../../../_server/page-guard.ts";
import type { Viewer } from "../../../_server/session.ts";
import { readTemplateVersion, saveTemplate, sendTestMail } from "../actions.ts";
import { readNewDesigner } from "../read-designer.ts";
import { readNewQuery } from "../template-filter.ts";

export const metadata: Metadata = { title: "New template" };

const actions = { save: saveTemplate, readVersion: readTemplateVersion, sendTest: sendTestMail };

export default async function NewTemplatePage({ searchParams }: PageProps<"/admin/templates/new">) {
  const viewer = await requireViewer(["admin"]);
  const { channel, from } = await readNewQuery(searchParams);
  return (
    <Page>
      {channel ? (
        <Suspense fallback={<Skeleton height="48rem" radius="lg" />}>
          <Loaded channel={channel} from={from} viewer={viewer} />
        </Suspense>
      ) : (
        <ChannelChoice />
      )}
    </Page>
  );
}

type Props = { channel: Channel; from: number | undefined; viewer: Viewer };

async function Loaded({ channel, from, viewer }: Props) {
  return <Designer data={await readNewDesigner({ channel, from }, viewer)} actions={actions} />;
}
