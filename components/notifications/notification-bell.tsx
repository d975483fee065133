"use client";

import { IconBell } from "@tabler/icons-react";
import Link from "next/link";
import type { MemberTexts } from "#lib/member-texts";
import { Spoken } from "../ui/spoken.tsx";
import classes from "./notification-bell.module.css";
import { useLive } from "./use-live.ts";
import { useTitleBadge } from "./use-title-badge.ts";
import { useUnread } from "./use-unread.ts";

type Props = { unread: number; isCurrent: boolean; texts: MemberTexts };

export function NotificationBell({ unread: initial, isCurrent, texts }: Props) {
  const unread = useUnread(initial);
  useLive();
  useTitleBadge(unread);
  return (
    <>
      <Link
        className={classes.bell}
        href="/me/notifications"
        aria-current={isCurrent ? "page" : undefined}
        aria-label={countWords(unread, texts)}
      >
        <IconBell size={22} stroke={1.75} aria-hidden />
        {unread > 0 ? (
          <span className={classes.badge} aria-hidden>
            {unread > 99 ? "99+" : unread}
          </span>
        ) : null}
      </Link>
      <Spoken role="status">{unread > initial ? countWords(unread, texts) : null}</Spoken>
    </>
  );
}

function countWords(unread: number, texts: MemberTexts): string {
  if (unread === 0) {
    return texts.noneUnread;
  }
  return unread === 1 ? texts.oneUnread : texts.manyUnread.replace("{count}", String(unread));
}
