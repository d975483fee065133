"use client";

import { IconAdjustments, IconLogout } from "@tabler/icons-react";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import type { Language, MemberTexts } from "#lib/member-texts";
import { NotificationBell } from "../notifications/notification-bell.tsx";
import { IconButton, IconLink } from "../ui/plain-button.tsx";
import { ToastProvider } from "../ui/toast.tsx";
import { BrandMark } from "./brand-mark.tsx";
import { ColorSchemeToggle } from "./color-scheme-toggle.tsx";
import classes from "./member-shell.module.css";
import { SkipLink } from "./skip-link.tsx";

type Props = {
  gymName: string;
  language: Language;
  texts: MemberTexts;
  unread: number;
  signOut: (input: null) => Promise<unknown>;
  children: ReactNode;
};

export function MemberShell({ gymName, language, texts, unread, signOut, children }: Props) {
  const path = usePathname();
  return (
    <div lang={language}>
      <SkipLink>{texts.skip}</SkipLink>
      <header className={classes.header}>
        <div className={classes.bar}>
          <BrandMark size={26} />
          <span className={classes.gym}>{gymName}</span>
          <NotificationBell unread={unread} isCurrent={path.startsWith("/me/notifications")} texts={texts} />
          <IconLink
            href="/me/preferences"
            aria-current={path === "/me/preferences" ? "page" : undefined}
            label={texts.preferences}
            prefetch={false}
          >
            <IconAdjustments size={20} stroke={1.75} aria-hidden />
          </IconLink>
          <ColorSchemeToggle label={texts.colorScheme} />
          <IconButton label={texts.signOut} onClick={() => signOut(null)}>
            <IconLogout size={18} stroke={1.75} aria-hidden />
          </IconButton>
        </div>
      </header>
      <ToastProvider closeLabel={texts.close}>
        <main id="content" tabIndex={-1} className={classes.main}>
          {children}
        </main>
      </ToastProvider>
    </div>
  );
}
