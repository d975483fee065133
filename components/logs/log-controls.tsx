"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { logAddress } from "./log-address.ts";
import classes from "./log-controls.module.css";

type Props = {
  /** What of the filter holds in another log, too. */
  shared: { workflow?: number; member?: number; from?: string; to?: string };
  /** How many messages wait for a person's word. */
  unconfirmed: number;
};

const logs = [
  { href: "/admin/logs", label: "Steps" },
  { href: "/admin/logs/runs", label: "Runs" },
  { href: "/admin/logs/messages", label: "Messages" },
  { href: "/admin/logs/unconfirmed", label: "Unconfirmed" },
] as const;

/** Which log. What is shown of one goes along to the next. */
export function LogControls({ shared, unconfirmed }: Props) {
  const path = usePathname();
  return (
    <nav aria-label="Logs" className={classes.tabs}>
      {logs.map(({ href, label }) => (
        <Link
          key={href}
          href={logAddress(href, shared)}
          className={classes.tab}
          aria-current={path === href ? "page" : undefined}
        >
          {label}
          {href === "/admin/logs/unconfirmed" && unconfirmed > 0 ? (
            <span className={classes.count}>{unconfirmed.toLocaleString("en")}</span>
          ) : null}
        </Link>
      ))}
    </nav>
  );
}
