"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import classes from "./settings-tabs.module.css";

const pages = [
  { href: "/admin/settings", label: "Gym" },
  { href: "/admin/settings/automation", label: "Automation" },
  { href: "/admin/settings/sending", label: "Sending" },
  { href: "/admin/settings/staff", label: "Staff" },
  { href: "/admin/settings/audit", label: "Audit log" },
] as const;

export function SettingsTabs() {
  const path = usePathname();
  return (
    <nav aria-label="Settings" className={classes.tabs}>
      {pages.map(({ href, label }) => (
        <Link key={href} href={href} className={classes.tab} aria-current={path === href ? "page" : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
