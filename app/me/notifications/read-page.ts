import type { NotificationPage } from "#components/notifications/notification-item";
import { readMemberTimeZone } from "#db/queries/gym";
import { listNotifications } from "#db/queries/notifications";
import { getEnv } from "#env";
import { toActionLink } from "#lib/action-url";
import { calendarDay } from "#lib/calendar";
import { clockTime } from "#lib/format-time";
import { getDb } from "../../_server/db.ts";
import type { Viewer } from "../../_server/session.ts";

const pageSize = 25;

/** Swiss spelling of dates, as the gym's members write them. */
const locales = { en: "en-GB", de: "de-CH", fr: "fr-CH", it: "it-CH" };

/** One page of the viewer's own notifications, with days and times as that person would write them. */
export async function readNotificationPage(viewer: Viewer, beforeId?: number): Promise<NotificationPage> {
  const db = getDb();
  const [rows, timeZone] = await Promise.all([
    listNotifications(db, viewer.userId, { beforeId, limit: pageSize + 1 }),
    readMemberTimeZone(db, viewer.userId),
  ]);
  const shown = rows.slice(0, pageSize);
  const today = calendarDay(new Date(), timeZone);
  const { APP_URL } = getEnv();
  return {
    items: shown.map(({ id, title, body, icon, actionUrl, createdAt, readAt }) => {
      const day = calendarDay(createdAt, timeZone);
      return {
        id,
        title,
        body,
        icon,
        link: toActionLink(actionUrl, APP_URL),
        day,
        dayLabel: nameDay(day, today, locales[viewer.language]),
        time: clockTime(createdAt, timeZone),
        isRead: readAt !== null,
      };
    }),
    nextBeforeId: rows.length > pageSize ? (shown.at(-1)?.id ?? null) : null,
    today,
  };
}

function nameDay(day: string, today: string, locale: string): string {
  const isThisYear = day.slice(0, 4) === today.slice(0, 4);
  return new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: isThisYear ? undefined : "numeric",
    timeZone: "UTC",
  }).format(new Date(`${day}T00:00:00Z`));
}
