import { Skeleton } from "@mantine/core";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { ByHand } from "#components/logs/by-hand";
import { MessageEvents } from "#components/logs/message-events";
import { MessageFacts } from "#components/logs/message-facts";
import { MessagePreview } from "#components/logs/message-preview";
import { MessageView, NoMessageYet } from "#components/logs/message-view";
import { NotificationPreview } from "#components/logs/notification-preview";
import { Page } from "#components/ui/page";
import { ToastProvider } from "#components/ui/toast";
import { listMessageEvents } from "#db/queries/message-events";
import { findMessage, type MessageDetail } from "#db/queries/message-log";
import { channelNames } from "#lib/template-texts";
import { explainStatus, messageStatuses } from "../../../../_messages/message-status.ts";
import { getDb } from "../../../../_server/db.ts";
import { requireViewer } from "../../../../_server/page-guard.ts";
import { readPageId } from "../../../../_server/page-id.ts";
import type { Viewer } from "../../../../_server/session.ts";
import { getGym } from "../../../../_shell/gym.ts";
import { mayReadSignInMail } from "../../read-messages.ts";
import { retryMessage } from "../actions.ts";
import { describeEvents } from "./describe-events.ts";
import { listFacts, listHappenings, listHeaders } from "./describe-message.ts";

export const metadata: Metadata = { title: "Message" };

export default async function MessagePage({ params }: PageProps<"/admin/logs/messages/[id]">) {
  const viewer = await requireViewer(["admin"]);
  const id = await readPageId(params);
  return (
    <Page>
      <ToastProvider closeLabel="Close">
        <Suspense fallback={<Skeleton height="48rem" radius="lg" />}>
          <Message viewer={viewer} id={id} />
        </Suspense>
      </ToastProvider>
    </Page>
  );
}

async function Message({ viewer, id }: { viewer: Viewer; id: number }) {
  const message = await findMessage(getDb(), id, { includeSignIn: mayReadSignInMail(viewer) });
  if (!message) {
    notFound();
  }
  const [{ timeZone }, events] = await Promise.all([getGym(), listMessageEvents(getDb(), id)]);
  const now = new Date();
  return (
    <MessageView
      subject={message.subject ?? message.templateName ?? "Message"}
      channel={channelNames[message.channel]}
      {...messageStatuses[message.status]}
      reason={explainStatus(message, now, timeZone)}
      error={message.errorMessage}
      byHand={<Retry message={message} />}
    >
      <Content message={message} />
      <MessageFacts facts={listFacts(message)} happenings={listHappenings(message, now, timeZone)}>
        <MessageEvents events={describeEvents(events, now, timeZone)} />
      </MessageFacts>
    </MessageView>
  );
}

function Retry({ message: { id, status, runId, memberName, recipient } }: { message: MessageDetail }) {
  return status === "failed" && runId !== null ? (
    <ByHand
      id={id}
      label="Send again"
      question="Send it again?"
      warning={`It reached nobody. It is checked once more before it goes to ${memberName ?? recipient ?? "the member"}: who has opted out since, or for whom it is too late, does not get it.`}
      done="It goes out again."
      act={retryMessage}
    />
  ) : null;
}

function Content({ message }: { message: MessageDetail }) {
  if (message.text !== null) {
    return (
      <MessagePreview
        htmlUrl={message.hasHtml ? `/api/messages/${message.id}/html` : null}
        text={message.text}
        headers={listHeaders(message)}
      />
    );
  }
  return message.notification ? (
    <NotificationPreview {...message.notification} />
  ) : (
    <NoMessageYet isOwed={message.status === "queued"} />
  );
}
