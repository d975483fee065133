"use client";

import { IconBell, IconChecks } from "@tabler/icons-react";
import { useRef } from "react";
import type { MemberTexts } from "#lib/member-texts";
import { RequestError } from "../fetch-json.ts";
import { PlainButton } from "../ui/plain-button.tsx";
import type { NotificationActions, NotificationItem, NotificationPage } from "./notification-item.ts";
import classes from "./notification-list.module.css";
import { NotificationRow } from "./notification-row.tsx";
import { OlderNotifications } from "./older-notifications.tsx";
import { useNotificationChanges, useNotificationPages } from "./use-notifications.ts";

type Props = { first: NotificationPage; texts: MemberTexts; actions: NotificationActions };

export function NotificationList({ first, texts, actions }: Props) {
  const pages = useNotificationPages(first);
  const { markRead, markUnread, markAllRead, dismiss } = useNotificationChanges(actions, texts);
  const root = useRef<HTMLDivElement>(null);
  const items = pages.data.pages.flatMap((page) => page.items);
  const today = pages.data.pages[0]?.today ?? first.today;
  const newest = items[0];

  /** Removing a row takes the focus with it: the neighbour gets it. */
  function dismissAndMoveOn(id: number) {
    const buttons = [...(root.current?.querySelectorAll<HTMLElement>("[data-dismiss]") ?? [])];
    const index = buttons.findIndex((button) => button.dataset.dismiss === String(id));
    if (buttons[index] === document.activeElement) {
      (buttons[index + 1] ?? buttons[index - 1] ?? root.current)?.focus();
    }
    dismiss(id);
  }

  return (
    <div ref={root} tabIndex={-1} className={classes.root}>
      <div className={classes.heading}>
        <h1>{texts.notifications}</h1>
        {newest && items.some(({ isRead }) => !isRead) ? (
          <PlainButton look="quiet" isSmall onClick={() => markAllRead(newest.id)}>
            <IconChecks size={16} stroke={1.75} aria-hidden />
            {texts.markAllRead}
          </PlainButton>
        ) : null}
      </div>
      <Trouble error={pages.error} texts={texts} />
      {newest ? null : (
        <div className={classes.empty}>
          <IconBell size={32} stroke={1.5} aria-hidden />
          <h2>{texts.emptyTitle}</h2>
          <p>{texts.emptyText}</p>
        </div>
      )}
      {groupByDay(items).map(({ day, label, rows }) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <h2 id={`day-${day}`} className={classes.day}>
            {nameDay(day, today, texts) ?? label}
          </h2>
          <ul className={classes.rows}>
            {rows.map((item) => (
              <NotificationRow
                key={item.id}
                item={item}
                texts={texts}
                markRead={() => markRead(item.id)}
                markUnread={() => markUnread(item.id)}
                dismiss={() => dismissAndMoveOn(item.id)}
              />
            ))}
          </ul>
        </section>
      ))}
      <OlderNotifications
        hasMore={pages.hasNextPage}
        isLoading={pages.isFetchingNextPage}
        hasFailed={pages.isFetchNextPageError}
        isLong={pages.data.pages.length > 1}
        load={() => pages.fetchNextPage()}
        texts={texts}
      />
    </div>
  );
}

function Trouble({ error, texts }: { error: Error | null; texts: MemberTexts }) {
  const isSignedOut = error instanceof RequestError && error.status === 401;
  return (
    <div role="status">
      {error ? (
        <p className={classes.trouble}>
          {isSignedOut ? texts.signedOut : texts.offline}{" "}
          {isSignedOut ? <a href="/sign-in?next=/me/notifications">{texts.signIn}</a> : null}
        </p>
      ) : null}
    </div>
  );
}

function nameDay(day: string, today: string, texts: MemberTexts): string | null {
  const daysAgo = (Date.parse(today) - Date.parse(day)) / 86_400_000;
  if (daysAgo === 0) {
    return texts.today;
  }
  return daysAgo === 1 ? texts.yesterday : null;
}

function groupByDay(items: NotificationItem[]) {
  const groups: { day: string; label: string; rows: NotificationItem[] }[] = [];
  for (const item of items) {
    const group = groups.at(-1);
    if (group?.day === item.day) {
      group.rows.push(item);
    } else {
      groups.push({ day: item.day, label: item.dayLabel, rows: [item] });
    }
  }
  return groups;
}
