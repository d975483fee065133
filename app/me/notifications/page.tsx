import type { Metadata } from "next";
import { Suspense } from "react";
import { NotificationList } from "#components/notifications/notification-list";
import { NotificationListSkeleton } from "#components/notifications/notification-list-skeleton";
import { memberTexts } from "#lib/member-texts";
import { requireViewer } from "../../_server/page-guard.ts";
import { getViewer, type Viewer } from "../../_server/session.ts";
import { dismiss, markAllRead, markRead, markUnread, restore } from "./actions.ts";
import { readNotificationPage } from "./read-page.ts";

const actions = { dismiss, markAllRead, markRead, markUnread, restore };

export async function generateMetadata(): Promise<Metadata> {
  const viewer = await getViewer();
  return { title: memberTexts[viewer?.language ?? "en"].notifications };
}

export default async function NotificationsPage() {
  const viewer = await requireViewer(["member"]);
  return (
    <Suspense fallback={<NotificationListSkeleton title={memberTexts[viewer.language].notifications} />}>
      <Notifications viewer={viewer} />
    </Suspense>
  );
}

async function Notifications({ viewer }: { viewer: Viewer }) {
  return (
    <NotificationList
      first={await readNotificationPage(viewer)}
      texts={memberTexts[viewer.language]}
      actions={actions}
    />
  );
}
