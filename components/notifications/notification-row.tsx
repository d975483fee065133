"use client";

import { IconExternalLink, IconMail, IconMailOpened, IconX } from "@tabler/icons-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { MemberTexts } from "#lib/member-texts";
import { IconButton } from "../ui/plain-button.tsx";
import { Spoken } from "../ui/spoken.tsx";
import { NotificationIcon } from "./notification-icon.tsx";
import type { NotificationItem } from "./notification-item.ts";
import classes from "./notification-row.module.css";

type Props = {
  item: NotificationItem;
  texts: MemberTexts;
  markRead: () => void;
  markUnread: () => void;
  dismiss: () => void;
};

export function NotificationRow({ item, texts, markRead, markUnread, dismiss }: Props) {
  const { id, title, body, icon, time, isRead } = item;
  const toggleLabel = isRead ? texts.markUnread : texts.markRead;
  const open = () => (isRead ? undefined : markRead());
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a short cut; the buttons do the same by keyboard
    <li className={classes.row} data-unread={!isRead || undefined} onClick={open}>
      <span className={classes.icon}>
        <NotificationIcon name={icon} />
      </span>
      <div className={classes.words}>
        <p className={classes.title}>
          {isRead ? null : (
            <>
              <span className={classes.dot} aria-hidden />
              <Spoken>{texts.isUnread}: </Spoken>
            </>
          )}
          <TitleLink item={item} texts={texts}>
            {title}
          </TitleLink>
        </p>
        <p className={classes.body}>{body}</p>
        <time className={classes.time} dateTime={`${item.day}T${time}`}>
          {time}
        </time>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only keeps a press of the buttons from opening the row */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <div className={classes.buttons} onClick={(event) => event.stopPropagation()}>
        <IconButton label={toggleLabel} about={title} onClick={isRead ? markUnread : markRead}>
          {isRead ? <IconMail size={18} stroke={1.75} /> : <IconMailOpened size={18} stroke={1.75} />}
        </IconButton>
        <IconButton label={texts.dismiss} about={title} data-dismiss={id} onClick={dismiss}>
          <IconX size={18} stroke={1.75} />
        </IconButton>
      </div>
    </li>
  );
}

type TitleProps = { item: NotificationItem; texts: MemberTexts; children: ReactNode };

function TitleLink({ item: { link }, texts, children }: TitleProps) {
  if (!link) {
    return children;
  }
  if (!link.isExternal) {
    return (
      <Link className={classes.link} href={link.href as "/me"} prefetch={false}>
        {children}
      </Link>
    );
  }
  return (
    <a className={classes.link} href={link.href} target="_blank" rel="noopener noreferrer">
      {children}
      <IconExternalLink className={classes.external} size={14} stroke={1.75} aria-label={`(${texts.newTab})`} />
    </a>
  );
}
