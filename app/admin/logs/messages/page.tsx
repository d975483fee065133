import type { Metadata } from "next";
import { Suspense } from "react";
import { ComplaintWatch } from "#components/logs/complaint-watch";
import { CopyNotice } from "#components/logs/copy-notice";
import { logAddress } from "#components/logs/log-address";
import { LogSkeleton } from "#components/logs/log-skeleton";
import { MessageLog } from "#components/logs/message-log";
import { PausedChannels } from "#components/logs/paused-channels";
import { SenderDomainState } from "#components/logs/sender-domain";
import { Page } from "#components/ui/page";
import { readComplaintWatch } from "#db/queries/complaint-watch";
import { isUnconfirmedCopy } from "#db/queries/installation";
import { readClock } from "#engine/clock";
import { getDb } from "../../../_server/db.ts";
import { requireViewer } from "../../../_server/page-guard.ts";
import type { Viewer } from "../../../_server/session.ts";
import { enterPostmasterFigure, goOnAdvertising, goOnSending } from "../actions.ts";
import { describeComplaints } from "../describe-complaints.ts";
import { isFiltered, type MessageQuery, messageQuery, readLogQuery } from "../log-filter.ts";
import { LogHead } from "../log-head.tsx";
import { messageSelects, reasonSelect } from "../log-selects.ts";
import { readMessages } from "../read-messages.ts";
import { readPausedChannels } from "../read-pauses.ts";
import { readSenderDomainState } from "../read-sender-domain.ts";

export const metadata: Metadata = { title: "Messages · Logs" };

export default async function MessageLogPage({ searchParams }: PageProps<"/admin/logs/messages">) {
  const viewer = await requireViewer(["admin"]);
  const query = await readLogQuery(messageQuery, searchParams);
  return (
    <Page>
      <LogHead
        description="Every message that went out or was going to, and what became of it."
        path="/admin/logs/messages"
        query={query}
        exportPath="/api/logs/messages/export"
        selects={[...(await messageSelects()), reasonSelect]}
      />
      <Suspense>
        <Pauses />
      </Suspense>
      <Suspense>
        <Sender />
      </Suspense>
      <Suspense key={JSON.stringify(query)} fallback={<LogSkeleton />}>
        <Messages viewer={viewer} query={query} />
      </Suspense>
    </Page>
  );
}

async function Pauses() {
  const db = getDb();
  const [channels, isCopy, watch, clock] = await Promise.all([
    readPausedChannels(),
    isUnconfirmedCopy(db),
    readComplaintWatch(db),
    readClock(db),
  ]);
  return (
    <>
      {isCopy ? <CopyNotice goOnSending={goOnSending} /> : null}
      <PausedChannels channels={channels} />
      <ComplaintWatch
        complaints={describeComplaints(watch, clock)}
        enterFigure={enterPostmasterFigure}
        resume={goOnAdvertising}
      />
    </>
  );
}

/** Asked of name servers, which may take their time. */
async function Sender() {
  const state = await readSenderDomainState();
  return state && <SenderDomainState {...state} />;
}

async function Messages({ viewer, query }: { viewer: Viewer; query: MessageQuery }) {
  const first = await readMessages(viewer, query);
  return <MessageLog url={logAddress("/api/logs/messages", query)} first={first} isFiltered={isFiltered(query)} />;
}
