"use client";

import { AppShell, Burger, NavLink } from "@mantine/core";
import {
  IconActivity,
  IconBolt,
  IconLayoutDashboard,
  IconLogout,
  IconSettings,
  IconTemplate,
  IconUsers,
} from "@tabler/icons-react";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import { IconButton } from "../ui/plain-button.tsx";
import classes from "./admin-shell.module.css";
import { BrandMark } from "./brand-mark.tsx";
import { ColorSchemeToggle } from "./color-scheme-toggle.tsx";
import { SkipLink } from "./skip-link.tsx";

type Props = {
  gymName: string;
  userName: string;
  roleName: string;
  isAdmin: boolean;
  signOut: (input: null) => Promise<unknown>;
  children: ReactNode;
};

/** Members and their mail are for admins: staff see what they need of a member with their tasks. */
const places: { href: Route; label: string; Icon: typeof IconBolt; isForAdmins?: boolean }[] = [
  { href: "/admin", label: "Dashboard", Icon: IconLayoutDashboard },
  { href: "/admin/workflows", label: "Workflows", Icon: IconBolt },
  { href: "/admin/templates", label: "Templates", Icon: IconTemplate },
  { href: "/admin/members", label: "Members", Icon: IconUsers, isForAdmins: true },
  { href: "/admin/logs", label: "Logs", Icon: IconActivity, isForAdmins: true },
  { href: "/admin/settings", label: "Settings", Icon: IconSettings, isForAdmins: true },
];

/** The dashboard's address is how all others begin. */
const isAt = (path: string, href: string) => (href === "/admin" ? path === href : path.startsWith(href));

export function AdminShell({ gymName, userName, roleName, isAdmin, signOut, children }: Props) {
  const path = usePathname();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <SkipLink>Skip to content</SkipLink>
      <AppShell
        layout="alt"
        header={{ height: { base: 56, sm: 0 } }}
        navbar={{ width: 232, breakpoint: "sm", collapsed: { mobile: !isOpen } }}
        transitionDuration={150}
      >
        <AppShell.Header hiddenFrom="sm" className={classes.header}>
          <Burger
            opened={isOpen}
            onClick={() => setOpen(!isOpen)}
            size="sm"
            aria-label={isOpen ? "Close navigation" : "Open navigation"}
            aria-expanded={isOpen}
          />
          <BrandMark size={22} />
          <span className={classes.gym}>{gymName}</span>
        </AppShell.Header>

        <AppShell.Navbar
          className={classes.navbar}
          aria-label="Main"
          onKeyDown={(event) => event.key === "Escape" && close()}
        >
          <div className={classes.brand}>
            <BrandMark />
            <span className={classes.gym}>{gymName}</span>
            <Burger
              className={classes.close}
              hiddenFrom="sm"
              opened
              size="sm"
              onClick={close}
              aria-label="Close navigation"
            />
          </div>
          <ul className={classes.places}>
            {(isAdmin ? places : places.filter(({ isForAdmins }) => !isForAdmins)).map(({ href, label, Icon }) => (
              <li key={href}>
                <NavLink
                  component={Link}
                  href={href}
                  label={label}
                  leftSection={<Icon size={18} stroke={1.75} aria-hidden />}
                  active={isAt(path, href)}
                  aria-current={isAt(path, href) ? "page" : undefined}
                  className={classes.place}
                  onClick={close}
                />
              </li>
            ))}
          </ul>
          <div className={classes.user}>
            <Link
              href="/admin/account"
              className={classes.who}
              title="Your account"
              aria-current={path === "/admin/account" ? "page" : undefined}
              onClick={close}
            >
              <span className={classes.name}>{userName}</span>
              <span className={classes.role}>{roleName}</span>
            </Link>
            <ColorSchemeToggle label="Switch between light and dark" />
            <IconButton label="Sign out" onClick={() => signOut(null)}>
              <IconLogout size={18} stroke={1.75} aria-hidden />
            </IconButton>
          </div>
        </AppShell.Navbar>

        <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
          {children}
        </AppShell.Main>
      </AppShell>
    </>
  );
}
